"""Which referral a change of the body of law proposes: a table of rules with validity, as data.

A rule speaks of bodies of law, residence groups and days, never of a nationality; when the law
changes, a row gets its last day and a new row is added. A rule proposes, a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.lifecycle import Lifecycle, Move
from shared.kernel.text import Text


class ProposalState(StrEnum):
    OPEN = "OPEN"
    TAKEN = "TAKEN"
    DISMISSED = "DISMISSED"


class ProposalAction(StrEnum):
    TAKE = "take"
    DISMISS = "dismiss"


class DismissReason(StrEnum):
    ALREADY_IN_CARE = "ALREADY_IN_CARE"
    NOT_WANTED = "NOT_WANTED"
    NOT_NEEDED = "NOT_NEEDED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"


PROPOSAL_LIFECYCLE: Final[Lifecycle[ProposalState, ProposalAction, None]] = Lifecycle(
    "referral-proposal",
    states=ProposalState,
    actions=ProposalAction,
    initial=ProposalState.OPEN,
    moves={
        ProposalState.OPEN: {
            ProposalAction.TAKE: Move(ProposalState.TAKEN, "P1"),
            ProposalAction.DISMISS: Move(ProposalState.DISMISSED, "P2"),
        },
        ProposalState.TAKEN: {},
        ProposalState.DISMISSED: {},
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCircleMove:
    """A change as the rules see it; the residence group is the one in force on its day."""

    from_circle: str
    to_circle: str
    effective_on: date
    residence_group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`service_code` stands in the catalogue of the referral service; an empty set of former
    circles or residence groups means any. Both days are inclusive and count by the day on which
    the change takes effect.
    """

    id: str
    to_circle: str
    service_code: str
    reason: Text
    source: str
    from_circles: frozenset[str] = frozenset()
    residence_groups: frozenset[str] = frozenset()
    valid_from: date = date.min
    valid_to: date = date.max

    def matches(self, move: LegalCircleMove) -> bool:
        return (
            self.to_circle == move.to_circle
            and (not self.from_circles or move.from_circle in self.from_circles)
            and (not self.residence_groups or move.residence_group in self.residence_groups)
            and self.valid_from <= move.effective_on <= self.valid_to
        )


_ASYLBLG: Final = frozenset({"ASYLBLG"})
REFERRAL_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        id="R01",
        to_circle="SGB_II",
        service_code="LIVELIHOOD_BENEFITS",
        reason=Text(
            de="Ab dem Stichtag ist das Jobcenter zuständig; Leistungen vorher beantragen.",
            en="From that day the Jobcenter is responsible; apply for benefits beforehand.",
        ),
        source="§ 37 SGB II",
    ),
    Rule(
        id="R02",
        to_circle="SGB_II",
        service_code="JOB_PLACEMENT",
        reason=Text(
            de="Mit dem SGB II beginnt die Vermittlung in Arbeit und Ausbildung.",
            en="With SGB II placement into work and training begins.",
        ),
        source="§ 16 SGB II",
    ),
    Rule(
        id="R03",
        to_circle="SGB_II",
        service_code="LANGUAGE_COURSE",
        from_circles=_ASYLBLG,
        reason=Text(
            de="Mit dem Wechsel kann ein Integrationskurs offenstehen.",
            en="With the change an integration course may be open.",
        ),
        source="§ 44a AufenthG",
    ),
    Rule(
        id="R04",
        to_circle="SGB_II",
        service_code="MIGRATION_COUNSELLING",
        from_circles=_ASYLBLG,
        residence_groups=frozenset({"TEMP_PROTECTION"}),
        valid_from=date(2022, 6, 1),
        valid_to=date(2022, 8, 31),
        reason=Text(
            de="Übergangszeit: Leistungen nach AsylbLG laufen bis zur Bewilligung, längstens bis "
            "31.08.2022; beim Antrag begleiten.",
            en="Transition: AsylbLG benefits continue until the grant, at the latest until "
            "31 August 2022; accompany the application.",
        ),
        source="§ 74 SGB II, § 18 AsylbLG",
    ),
    Rule(
        id="R05",
        to_circle="SGB_XII",
        service_code="LIVELIHOOD_BENEFITS",
        reason=Text(
            de="Ab dem Stichtag ist das Sozialamt zuständig; Leistungen vorher beantragen.",
            en="From that day the social welfare office is responsible; apply beforehand.",
        ),
        source="SGB XII",
    ),
    Rule(
        id="R06",
        to_circle="ASYLBLG",
        service_code="REFUGEE_COUNSELLING",
        reason=Text(
            de="Zuständig wird die Leistungsbehörde nach AsylbLG; Beratung von Geflüchteten "
            "einbeziehen.",
            en="The office for asylum seekers' benefits becomes responsible; involve refugee "
            "counselling.",
        ),
        source="AsylbLG",
    ),
    Rule(
        id="R07",
        to_circle="SGB_III",
        service_code="JOB_PLACEMENT",
        reason=Text(
            de="Zuständig für die Vermittlung wird die Agentur für Arbeit.",
            en="The employment agency becomes responsible for placement.",
        ),
        source="SGB III",
    ),
    Rule(
        id="R08",
        to_circle="SGB_VIII",
        service_code="YOUTH_WELFARE",
        reason=Text(
            de="Hilfen der Jugendhilfe kommen in Betracht.",
            en="Support by the youth office comes into consideration.",
        ),
        source="SGB VIII",
    ),
    Rule(
        id="R09",
        to_circle="SGB_IX",
        service_code="PARTICIPATION_MANAGEMENT",
        reason=Text(
            de="Leistungen zur Teilhabe kommen in Betracht.",
            en="Support for participation comes into consideration.",
        ),
        source="SGB IX",
    ),
    Rule(
        id="R10",
        to_circle="SCHULRECHT",
        service_code="SCHOOL_COUNSELLING",
        reason=Text(
            de="Mit der Schulpflicht beginnt die Beratung zum Schulbesuch.",
            en="With compulsory schooling counselling on school attendance begins.",
        ),
        source="SchulG NRW",
    ),
)  # fmt: skip


def proposals(move: LegalCircleMove, rules: Iterable[Rule] = REFERRAL_RULES) -> tuple[Rule, ...]:
    """The rules that speak on this change, in the order of the table."""
    return tuple(rule for rule in rules if rule.matches(move))
