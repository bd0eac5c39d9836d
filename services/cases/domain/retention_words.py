"""Why a case is kept until when, and what would change it: in words, German and English."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.cases.domain.facts import CaseState
from services.cases.domain.retention import (
    DataKind,
    DeletionRule,
    KindDay,
    RuleSource,
    StartEvent,
    days_of,
    result_of,
)
from shared.kernel.text import Text

NOT_ENDED: Final = Text(
    de="Der Fall läuft noch; eine Löschfrist beginnt erst mit seinem Ende.",
    en="The case is running; its retention period begins only when it ends.",
)
ERASED: Final = Text(
    de="Der Inhalt ist gelöscht; es bleibt ein Nachweis ohne personenbezogene Daten.",
    en="The content is erased; what stays is evidence without personal data.",
)
HELD: Final = Text(
    de="Eine Aufbewahrungssperre besteht; bis sie aufgehoben ist, wird nichts gelöscht.",
    en="A legal hold is in place; nothing is erased until it is lifted.",
)
START_LABELS: Final = {
    StartEvent.PROCESS_ENDED: Text(de="Ende des Falls", en="end of the case"),
    StartEvent.YEAR_OF_PROCESS_END: Text(
        de="Ende des Jahres, in dem der Fall endete", en="end of the year in which the case ended"
    ),
}
SOURCES: Final = {
    RuleSource.UNIT: Text(
        de="Es gilt die Regel der Stelle; sie geht jeder anderen vor.",
        en="The unit's own rule applies; it comes before any other.",
    ),
    RuleSource.CASE_TYPE: Text(
        de="Es gilt die Regel des Falltyps, weil die Stelle keine eigene festgelegt hat.",
        en="The rule of the case type applies, because the unit has set none of its own.",
    ),
    RuleSource.DEFAULT: Text(
        de="Es gilt die Vorgabe, weil weder Stelle noch Falltyp eine eigene Regel haben.",
        en="The default applies, because neither the unit nor the case type has a rule.",
    ),
}
KIND_LABELS: Final = {
    DataKind.CASE_FILE: Text(de="Fallakte", en="Case file"),
    DataKind.ASSESSMENT: Text(de="Einschätzungen und Indikation", en="Assessment and indication"),
    DataKind.CONTACT: Text(de="Kontakte und Kontaktversuche", en="Contacts and attempts"),
    DataKind.NOTE: Text(de="Vermerke", en="Notes"),
    DataKind.CONSENT: Text(de="Einwilligungen und Entbindungen", en="Consents and releases"),
    DataKind.DOCUMENT: Text(de="Dokumente", en="Documents"),
    DataKind.EXTRACT: Text(
        de="Verbindung zu Auszügen der Fallanalyse", en="Links to extracts of findings"
    ),
    DataKind.PERSON: Text(de="Personen und Familie", en="Persons and family"),
}
FOLLOWS_FILE: Final = Text(
    de="Für diese Datenart gilt keine eigene Regel; sie wird mit der Fallakte gelöscht.",
    en="This kind of data has no rule of its own; it is erased with the case file.",
)
LIMITED_BY_FILE: Final = Text(
    de="Die eigene Regel reicht weiter, doch mit der Fallakte wird alles gelöscht.",
    en="Its own rule reaches further, but with the case file everything is erased.",
)
WAITS_FOR_CONSENT: Final = Text(
    de="Die eigene Regel endet früher, doch die Person bleibt, solange Einwilligungen von ihr da"
    " sind.",
    en="Its own rule ends earlier, but the person stays while consents that they gave are there.",
)
KIND_ERASED: Final = Text(
    de="Diese Datenart ist nach ihrer eigenen Regel schon gelöscht.",
    en="This kind of data has been erased already, by its own rule.",
)
CHANGES: Final = {
    "hold-lifted": Text(
        de="die Aufbewahrungssperre aufgehoben wird", en="the legal hold is lifted"
    ),
    "hold-placed": Text(de="eine Aufbewahrungssperre gesetzt wird", en="a legal hold is placed"),
    "case-ended": Text(de="der Fall endet", en="the case ends"),
    "case-reopened": Text(de="der Fall wieder aufgenommen wird", en="the case is reopened"),
    "rule-changed": Text(
        de="die Stelle eine andere Löschregel festlegt", en="the unit sets another deletion rule"
    ),
    "archive-answered": Text(
        de="das Archiv auf die Anbietung antwortet", en="the archive answers the offer"
    ),
    "file-rule-changed": Text(
        de="für die Fallakte eine andere Löschregel gilt",
        en="another deletion rule applies to the case file",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCase:
    """What the retention of a case depends on. `erased_kinds` went before their file."""

    state: CaseState
    closing_reason: str | None
    ended_on: date | None
    is_under_legal_hold: bool
    has_archive_answered: bool = True
    erased_kinds: frozenset[DataKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """`kept_until` is None while nothing can be said: the case runs, is held or is erased.

    `would_change_if` are codes of CHANGES; `due_on` is the day of the rule, hold or not.
    """

    kept_until: date | None = None
    due_on: date | None = None
    is_due: bool = False
    is_erased: bool = False
    rule: DeletionRule | None = None
    because: Text
    would_change_if: tuple[str, ...] = ()
    kinds: dict[DataKind, "Retention"] = field(default_factory=dict)


def explain(kept: KeptCase, rules: Iterable[DeletionRule], today: date) -> Retention:
    """The retention of one case on a day, and in `kinds` that of every kind of data in its file;
    `rules` are those of the unit and of the case's type, and the defaults.
    """
    if kept.state is CaseState.ERASED:
        return Retention(because=ERASED, is_erased=True)
    result = result_of(kept.state, kept.closing_reason)
    hold = "hold-lifted" if kept.is_under_legal_hold else "hold-placed"
    if result is None or kept.ended_on is None:
        because = HELD if kept.is_under_legal_hold else NOT_ENDED
        return Retention(because=because, would_change_if=("case-ended", hold))
    days = days_of(result, kept.ended_on, rules, today)
    of_file = days.pop(DataKind.CASE_FILE)
    kinds = {kind: _of_kind(kind, kept, day, today) for kind, day in days.items()}
    reopened = ("case-reopened",) if kept.state is CaseState.CLOSED else ()
    return Retention(
        kept_until=None if kept.is_under_legal_hold else of_file.due_on,
        due_on=of_file.due_on,
        is_due=of_file.due_on <= today and not kept.is_under_legal_hold,
        rule=of_file.rule,
        because=HELD if kept.is_under_legal_hold else _because(of_file.rule, kept.ended_on),
        would_change_if=(hold, *reopened, "rule-changed"),
        kinds=kinds,
    )


def _of_kind(kind: DataKind, kept: KeptCase, day: KindDay, today: date) -> Retention:
    if kind in kept.erased_kinds:
        return Retention(because=KIND_ERASED, is_erased=True, due_on=day.due_on, rule=day.rule)
    hold = "hold-lifted" if kept.is_under_legal_hold else "hold-placed"
    reopened = ("case-reopened",) if kept.state is CaseState.CLOSED else ()
    waiting = () if kept.has_archive_answered else ("archive-answered",)
    at_file = ("file-rule-changed",) if day.follows_file or day.is_limited_by_file else ()
    return Retention(
        kept_until=None if kept.is_under_legal_hold else day.due_on,
        due_on=day.due_on,
        is_due=day.due_on <= today and not kept.is_under_legal_hold,
        rule=day.rule,
        because=HELD if kept.is_under_legal_hold else _because_of_kind(day, kept.ended_on),
        would_change_if=(hold, *waiting, *reopened, "rule-changed", *at_file),
    )


def _because_of_kind(day: KindDay, ended_on: date | None) -> Text:
    assert ended_on is not None
    plain = _because(day.rule, ended_on)
    for applies, words in (
        (day.follows_file, FOLLOWS_FILE),
        (day.is_limited_by_file, LIMITED_BY_FILE),
        (day.waits_for_consent, WAITS_FOR_CONSENT),
    ):
        if applies:
            return Text(de=f"{words.de} {plain.de}", en=f"{words.en} {plain.en}")
    return plain


def _because(rule: DeletionRule, ended_on: date) -> Text:
    start, source = START_LABELS[rule.start_event], SOURCES[rule.source]
    return Text(
        de=f"Der Fall endete am {ended_on:%d.%m.%Y}. Ab „{start.de}“ gilt eine Frist von "
        f"{rule.period_years} Jahren und {rule.period_days} Tagen. Grund: {rule.legal_reason.de}."
        f" {source.de}",
        en=f"The case ended on {ended_on.isoformat()}. From the {start.en} a period of "
        f"{rule.period_years} years and {rule.period_days} days applies. "
        f"Reason: {rule.legal_reason.en}. {source.en}",
    )
