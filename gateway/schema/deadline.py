"""Deadlines, alerts, and what the year's money will come to."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.posts import DeadlineKind, DeadlineState, FundingSubjectKind
from gateway.schema.funding_status import FindingFact
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Amount, Date, DateTime, Fte


@strawberry.type(
    description=both(
        "A day by which something has to be done.", "Ein Tag, bis zu dem etwas zu tun ist."
    )
)
class Deadline(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    kind: DeadlineKind = field("What it is for.", "Wofür sie gilt.")
    state: DeadlineState = field("Where it stands.", "Stand.")
    subject_kind: FundingSubjectKind = field("What it is about.", "Worum es geht.")
    subject_id: strawberry.ID = field("UUID of that.", "UUID davon.")
    stated_on: Date = field("Day as the paper says.", "Tag laut Bescheid oder Vereinbarung.")
    due_on: Date = field(
        "That day, or the next working day in North Rhine-Westphalia.",
        "Dieser Tag oder der nächste Werktag in Nordrhein-Westfalen.",
    )
    warned_at: DateTime | None = field("When it was told as near.", "Wann vorgewarnt wurde.")
    missed_at: DateTime | None = field("When it was missed.", "Wann sie versäumt wurde.")
    done_at: DateTime | None = field("When it was done.", "Wann sie erledigt war.")
    created_at: DateTime = field("When it was recorded.", "Wann sie erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both(
        "Something a person should look at; raised once.",
        "Etwas, das ein Mensch ansehen sollte; einmal gemeldet.",
    )
)
class FundingAlert(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    code: str = field("Stable code of the finding.", "Beständiger Code der Auffälligkeit.")
    subject_kind: FundingSubjectKind = field("What it is about.", "Worum es geht.")
    subject_id: str = field("Id of that, or a code.", "Kennung davon oder ein Code.")
    raised_at: DateTime = field("When it was raised.", "Wann es gemeldet wurde.")
    resolved_at: DateTime | None = field("When it was resolved.", "Wann es sich erledigt hat.")
    is_open: bool = field("It is still so.", "Es besteht noch.")

    @strawberry.field(
        description=both("Figures and dates behind it.", "Zahlen und Daten dahinter.")
    )
    def figures(self) -> list[FindingFact]:
        figures = record_of(self)["figures"]
        return [FindingFact(name=name, value=value) for name, value in figures.items()]


@strawberry.type(
    description=both(
        "What one funding line of a year will come to.",
        "Was aus einem Baustein eines Jahres voraussichtlich wird.",
    )
)
class LineOutlook(Published):
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    granted: Amount = field("Granted for posts.", "Für Stellen bewilligt.")
    used: Amount = field("Used by the day, says the ledger.", "Bis zum Stichtag laut Büchern.")
    burn_per_month: Amount = field("Used in a month on average.", "Im Mittel je Monat.")
    expected_use: Amount = field(
        "Used at the end of the year if it goes on like this.",
        "Am Jahresende verbraucht, wenn es so weitergeht.",
    )
    filled_fte: Fte | None = field("Posts filled.", "Besetzte Stellen.")
    usable_at_filled: Amount | None = field(
        "The most that the filled posts can use.", "Was die besetzten Stellen höchstens brauchen."
    )
    occupied_months: Fte | None = field("Share-months occupied.", "Besetzte Stellenmonate.")
    usable_as_occupied: Amount | None = field(
        "The most that the occupied months can use.",
        "Was die besetzten Monate höchstens brauchen.",
    )
    expected_unspent: Amount | None = field(
        "What would be left.", "Was voraussichtlich übrig bleibt."
    )
    repayment_warning: bool = field(
        "Something would have to be repaid.", "Es wäre etwas zurückzuzahlen."
    )


@strawberry.type(
    description=both(
        "What a year's money will come to, seen from a day.",
        "Voraussichtlicher Mittelverbrauch eines Jahres zu einem Stichtag.",
    )
)
class FundingOutlook(Published):
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    as_of: Date = field("The day.", "Der Stichtag.")
    items: list[LineOutlook] = field("Line by line.", "Je Baustein.")


@strawberry.type(
    description=both("Share-months of one calendar month.", "Stellenmonate eines Kalendermonats.")
)
class OccupiedMonth(Published):
    month: str = field("Year and month.", "Jahr und Monat.")
    approved: Fte = field("Approved.", "Bewilligt.")
    occupied: Fte = field("Occupied.", "Besetzt.")
    vacant: Fte = field(
        "Counted, not what somebody reported.", "Errechnet, nicht was jemand gemeldet hat."
    )


@strawberry.type(
    description=both("Days on which nobody is on a post.", "Tage, an denen niemand auf ihr sitzt.")
)
class VacantPeriod(Published):
    first_day: Date = field("First day.", "Erster Tag.")
    last_day: Date = field("Last day.", "Letzter Tag.")


@strawberry.type(
    description=both(
        "A post month by month through a year.", "Eine Stelle Monat für Monat durch ein Jahr."
    )
)
class OccupiedMonths(Published):
    position_id: strawberry.ID = field("UUID of the post.", "UUID der Stelle.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    items: list[OccupiedMonth] = field("The twelve months.", "Die zwölf Monate.")
    approved_months: Fte = field("Share-months approved.", "Bewilligte Stellenmonate.")
    occupied_months: Fte = field("Share-months occupied.", "Besetzte Stellenmonate.")
    vacant_months: Fte = field("Share-months vacant.", "Unbesetzte Stellenmonate.")
    vacant_periods: list[VacantPeriod] = field("Gaps.", "Lücken.")
