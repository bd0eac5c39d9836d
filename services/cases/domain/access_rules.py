"""Why somebody sees a case or a person, and what of it is hidden from them.

The policies of the tables and the views decide; here stand the sentences, with the facts of the
document that say which of them holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.kernel.access_rules import AccessRule, Effect, rules_that_apply
from shared.kernel.text import Text

Published = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSight:
    is_in_charge: bool
    is_masked: bool
    """Somebody of the household is restricted, and the caller is not released for them."""
    is_narrowed: bool
    """A setting of the administration says how far the caller sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSight:
    is_restricted: bool
    is_masked: bool


OWN_UNIT: Final = Text(
    de="§ 35 Abs. 1 SGB I, § 67 Abs. 4 SGB X; Entscheidung 0004",
    en="§ 35 (1) SGB I, § 67 (4) SGB X; decision 0004",
)
NOTES: Final = Text(de="§ 35 Abs. 1 SGB I; Entscheidung 0009", en="§ 35 (1) SGB I; decision 0009")
ENTRUSTED: Final = Text(de="§ 65 SGB VIII; Entscheidung 0009", en="§ 65 SGB VIII; decision 0009")
SCOPE: Final = Text(
    de="Art. 25 Abs. 2 DSGVO; Entscheidung 0043", en="Art. 25 (2) GDPR; decision 0043"
)
RESTRICTION: Final = Text(de="§ 51 BMG; Entscheidung 0011", en="§ 51 BMG; decision 0011")

CASE_RULES: Final[tuple[AccessRule[CaseSight], ...]] = (
    AccessRule(
        code="case-of-own-unit",
        effect=Effect.SHOWS,
        basis=OWN_UNIT,
        text=Text(
            de="Sie sind Fachkraft im Case Management der Stelle, die diesen Fall führt."
            " Keine andere Stelle liest ihn.",
            en="You are a case manager of the unit that keeps this case. No other unit reads it.",
        ),
        applies=lambda _: True,
    ),
    AccessRule(
        code="case-in-charge",
        effect=Effect.SHOWS,
        basis=NOTES,
        text=Text(
            de="Sie führen diesen Fall und lesen deshalb auch seine vertraulichen Vermerke.",
            en="You are in charge of this case, so you read its confidential notes as well.",
        ),
        members=("notes",),
        applies=lambda sight: sight.is_in_charge,
    ),
    AccessRule(
        code="notes-confidential",
        effect=Effect.NARROWS,
        basis=NOTES,
        text=Text(
            de="Vertrauliche Vermerke lesen nur, wer sie schrieb, wer den Fall führt, wer heute in"
            " Vertretung ist, und wer den Fall gerade im Notfall geöffnet hat.",
            en="Confidential notes are read by their writer, the person in charge of the case,"
            " that person's deputies of today and who has just opened the case in an emergency.",
        ),
        members=("notes",),
        applies=lambda sight: not sight.is_in_charge,
    ),
    AccessRule(
        code="notes-entrusted",
        effect=Effect.NARROWS,
        basis=ENTRUSTED,
        text=Text(
            de="Anvertraute Vermerke liest nur, wer sie schrieb, und an wen sie weitergegeben"
            " wurden.",
            en="Entrusted notes are read by their writer, and by whom they were handed on to.",
        ),
        members=("notes",),
        applies=lambda _: True,
    ),
    AccessRule(
        code="access-scope",
        effect=Effect.NARROWS,
        basis=SCOPE,
        text=Text(
            de="Ihre Administration hat festgelegt, welche Fälle und bis zu welcher"
            " Vertraulichkeit Sie Vermerke sehen.",
            en="Your administration has set which cases you see, and up to which class their"
            " notes.",
        ),
        members=("notes",),
        applies=lambda sight: sight.is_narrowed,
    ),
    AccessRule(
        code="household-restricted",
        effect=Effect.HIDES,
        basis=RESTRICTION,
        text=Text(
            de="Im Haushalt gilt eine Auskunftssperre. Kontakt und Gemeinde sieht nur, wer einen"
            " Fall der Person führt und dafür freigegeben ist.",
            en="The household has a bar on disclosure. Contact and municipality are shown to who is"
            " in charge of a case of the person and has been released for it.",
        ),
        members=("contact", "municipalityAgs"),
        applies=lambda sight: sight.is_masked,
    ),
)
WHEREABOUTS: Final = ("addresses", "contactPoints", "legalRepresentatives.name")
PERSON_RULES: Final[tuple[AccessRule[PersonSight], ...]] = (
    AccessRule(
        code="person-of-own-unit",
        effect=Effect.SHOWS,
        basis=OWN_UNIT,
        text=Text(
            de="Sie sind Fachkraft im Case Management der Stelle, die diese Person erfasst hat."
            " Keine andere Stelle liest den Datensatz.",
            en="You are a case manager of the unit that recorded this person. No other unit reads"
            " the record.",
        ),
        applies=lambda _: True,
    ),
    AccessRule(
        code="person-released",
        effect=Effect.SHOWS,
        basis=RESTRICTION,
        text=Text(
            de="Für die Person gilt eine Auskunftssperre. Sie führen einen Fall der Person und sind"
            " freigegeben.",
            en="The person has a bar on disclosure. You are in charge of a case of the person and"
            " have been released.",
        ),
        members=WHEREABOUTS,
        applies=lambda sight: sight.is_restricted and not sight.is_masked,
    ),
    AccessRule(
        code="person-restricted",
        effect=Effect.HIDES,
        basis=RESTRICTION,
        text=Text(
            de="Für die Person gilt eine Auskunftssperre. Wo sie lebt und wie sie zu erreichen ist,"
            " sieht nur, wer einen Fall der Person führt und dafür freigegeben ist.",
            en="The person has a bar on disclosure. Where they live and how to reach them is shown"
            " to who is in charge of a case of the person and has been released for it.",
        ),
        members=WHEREABOUTS,
        applies=lambda sight: sight.is_masked,
    ),
)


def rules_of_case(actor: str, case: Published) -> tuple[AccessRule[CaseSight], ...]:
    """`case` is the published document that the caller sees."""
    sight = CaseSight(
        is_in_charge=case["caseManager"] == actor,
        is_masked=bool(case["maskedFields"]),
        is_narrowed=case["isNarrowed"],
    )
    return rules_that_apply(CASE_RULES, sight)


def rules_of_person(person: Published) -> tuple[AccessRule[PersonSight], ...]:
    """`person` is the published document that the caller sees."""
    sight = PersonSight(
        is_restricted=person["isRestricted"], is_masked=bool(person["maskedFields"])
    )
    return rules_that_apply(PERSON_RULES, sight)
