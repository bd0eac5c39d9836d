"""Cases of a quarter or a year, for the steering group."""

import strawberry

from gateway.clients.conversation import Record
from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.case_files import CountingUnit
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Date
from gateway.schema.texts import BothLanguages, label_of
from shared.kernel.text import Text

# A case is opened by case management, never by an ABH or EBH (C2), and line 2 pays for that. Line 1
# coordinates; line 3 works on procedures of the authorities, which KIM neither keeps nor counts.
LINE_OF_CASES = FundingLine.B2_CASE_MANAGEMENT
WITHOUT_CASES = {
    FundingLine.B1_COORDINATION: Text(
        de="Baustein 1 koordiniert und führt keine Fälle.",
        en="Line 1 coordinates and keeps no cases.",
    ),
    FundingLine.B3_FOREIGNERS_NATURALISATION: Text(
        de="Baustein 3 bearbeitet Verfahren der Ausländer- und Einbürgerungsbehörden. Sie stehen in"
        " deren Akten; KIM führt und zählt sie nicht.",
        en="Line 3 works on procedures of the foreigners' and naturalisation authorities. They are"
        " in the authorities' files; KIM neither keeps nor counts them.",
    ),
}
MOVEMENT = ("openBefore", "opened", "closed", "openAtEnd")


@strawberry.type(
    description=both(
        "How many cases are in a group; null is a small group, or one that would tell it.",
        "Wie viele Fälle zu einer Gruppe gehören; null ist eine kleine Gruppe oder eine, die sie"
        " verriete.",
    )
)
class CasesOfGroup(Published):
    value: str = field("Code.", "Schlüssel.")
    label: BothLanguages = field("Its name.", "Seine Bezeichnung.")
    cases: int | None = field("Cases.", "Fälle.")


@strawberry.type(
    description=both(
        "Cases of one funding line. Only line 2 has cases of the case management: the others have"
        " no figures.",
        "Fälle eines Bausteins. Nur Baustein 2 hat Fälle des Case Managements: die anderen haben"
        " keine Zahlen.",
    )
)
class CasesOfLine(Published):
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    label: BothLanguages = field("Its name.", "Seine Bezeichnung.")
    is_counted: bool = field("Whether the line has cases.", "Ob der Baustein Fälle hat.")
    reason: BothLanguages | None = field(
        "Why the line has no cases.", "Warum der Baustein keine Fälle hat."
    )
    open_before: int | None = field("Open before the first day.", "Vor dem ersten Tag offen.")
    opened: int | None = field("Opened in the period.", "Im Zeitraum eröffnet.")
    closed: int | None = field("Closed in the period.", "Im Zeitraum abgeschlossen.")
    open_at_end: int | None = field("Open at the end.", "Am Ende offen.")


def cases_by_line(cases: Record) -> list[Record]:
    """The figures at the line that pays for the case management; nothing at the others."""
    return [
        {
            "fundingLine": line.value,
            "label": label_of(FundingLine, line.value),
            "isCounted": line is LINE_OF_CASES,
            "reason": _both(WITHOUT_CASES.get(line)),
            **{name: cases[name] if line is LINE_OF_CASES else None for name in MOVEMENT},
        }
        for line in FundingLine
    ]


def _both(text: Text | None) -> Record | None:
    return None if text is None else {"de": text.de, "en": text.en}


@strawberry.type(
    description=both(
        "Cases of a period. What was open before and what was opened is together what was closed"
        " and what is open at the end.",
        "Fälle eines Zeitraums. Vorher offene und eröffnete Fälle sind zusammen die"
        " abgeschlossenen und die am Ende offenen.",
    )
)
class CaseControlling(Published):
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date = field("Last day.", "Letzter Tag.")
    edition_on: Date = field(
        "Reporting day of the edition; until the next one the same figures are told.",
        "Berichtsstichtag der Ausgabe; bis zur nächsten bleiben die Zahlen gleich.",
    )
    unit: CountingUnit = field("What is counted.", "Was gezählt wird.")
    small_cell_min: int = field(
        "Smaller counts are not shown.", "Kleinere Zahlen werden nicht gezeigt."
    )
    open_before: int | None = field("Open before the first day.", "Vor dem ersten Tag offen.")
    opened: int | None = field("Opened in the period.", "Im Zeitraum eröffnet.")
    closed: int | None = field("Closed in the period.", "Im Zeitraum abgeschlossen.")
    open_at_end: int | None = field("Open at the end.", "Am Ende offen.")
    by_phase: list[CasesOfGroup] = field("Open at the end, by phase.", "Am Ende offen, nach Phase.")
    by_field_of_action: list[CasesOfGroup] = field(
        "With need in a field of action; a case may be in several.",
        "Mit Bedarf in einem Handlungsfeld; ein Fall kann zu mehreren gehören.",
    )
    by_target_group: list[CasesOfGroup] = field(
        "Open at the end, by target group as told.", "Am Ende offen, nach angegebener Zielgruppe."
    )
    by_age: list[CasesOfGroup] = field(
        "Open at the end, by how long.", "Am Ende offen, nach Dauer."
    )
    closed_by_reason: list[CasesOfGroup] = field(
        "Closed in a year, by reason; empty for a quarter.",
        "Im Jahr abgeschlossen, nach Grund; für ein Quartal leer.",
    )

    @strawberry.field(description=both("By funding line.", "Je Baustein."))
    def by_line(self) -> list[CasesOfLine]:
        return [CasesOfLine.from_record(one) for one in cases_by_line(record_of(self))]
