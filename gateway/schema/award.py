"""Awards with their lines, as they are in force."""

import strawberry

from gateway.schema.funding_codes import (
    AwardAction,
    AwardState,
    FundingLine,
    LinePurpose,
    VersionKind,
)
from gateway.schema.node import Node
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date, DateTime, Fte


@strawberry.type(description=both("One line of an award.", "Eine Zeile eines Bescheids."))
class AwardLine(Published):
    id: strawberry.ID = field("UUID of the line.", "UUID der Zeile.")
    key: str = field("Key of the line in its award.", "Schlüssel der Zeile im Bescheid.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    purpose: LinePurpose = field("What the money is for.", "Wofür die Mittel bestimmt sind.")
    name_de: str = field("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str = field("Name in English.", "Bezeichnung auf Englisch.")
    source: str | None = field("Where the figure comes from.", "Woher die Angabe stammt.")
    is_additional: bool = field(
        "Money on top that does not count towards the volume of the award.",
        "Zusätzliche Mittel, die nicht zum Fördervolumen zählen.",
    )
    amount: Amount = field("Euros granted.", "Bewilligte Euro.")
    fte: Fte | None = field("Posts granted.", "Bewilligte Stellen.")
    rate: Amount | None = field("Euros per post.", "Euro je Stelle.")
    valid_from: Date | None = field("First day, if its own.", "Erster Tag, falls eigener.")
    valid_to: Date | None = field("Last day, if its own.", "Letzter Tag, falls eigener.")
    own_use: Amount = field("Euros kept for own use.", "Selbst verwendete Euro.")
    own_use_fte: Fte = field("Posts kept for own use.", "Selbst besetzte Stellen.")
    allocated: Amount = field("Euros passed on.", "Weitergeleitete Euro.")
    allocated_fte: Fte = field("Posts passed on.", "Weitergeleitete Stellen.")
    free: Amount = field("Euros that may still be passed on.", "Euro, die noch frei sind.")
    free_fte: Fte = field("Posts that may still be passed on.", "Stellen, die noch frei sind.")


@strawberry.type(
    description=both(
        "An award: the notice of the funder in its version in force.",
        "Ein Zuwendungsbescheid in der geltenden Fassung.",
    )
)
class Award(Published, Node):
    id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    unit_id: str = field("The unit that keeps it.", "Die Stelle, die ihn führt.")
    state: AwardState = field("State.", "Stand.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    reference: str | None = field("Reference of the notice.", "Aktenzeichen des Bescheids.")
    authority: str | None = field("Authority that granted it.", "Bewilligungsbehörde.")
    funder: str | None = field("Funder.", "Zuwendungsgeber.")
    source: str | None = field("Where the record comes from.", "Woher die Angabe stammt.")
    follows_award_id: strawberry.ID | None = field(
        "The award that this one follows.", "Der Bescheid, dem dieser folgt."
    )
    permits_forwarding: bool = field(
        "Whether the money may be passed on.", "Ob die Mittel weitergeleitet werden dürfen."
    )
    awarded_on: Date | None = field("Date of the notice.", "Datum des Bescheids.")
    notified_on: Date | None = field("Day of notification.", "Tag der Bekanntgabe.")
    is_appeal_pending: bool = field("An appeal is pending.", "Ein Rechtsbehelf läuft.")
    budget_released_on: Date | None = field(
        "Day on which the municipal budget was released.", "Tag der Freigabe im Haushalt."
    )
    assurance_until: Date | None = field(
        "Day until which the funding is assured.", "Tag, bis zu dem die Förderung zugesagt ist."
    )
    proof_due_on: Date | None = field(
        "Day on which the proof of use is due.", "Tag, an dem der Verwendungsnachweis fällig ist."
    )
    proof_accepted_on: Date | None = field(
        "Day on which the proof was accepted.", "Tag, an dem der Nachweis anerkannt wurde."
    )
    open_recovery: Amount = field("Euros to be repaid.", "Noch zurückzuzahlende Euro.")
    revoked: Amount | None = field("Euros revoked.", "Widerrufene Euro.")
    version_number: int = field("Number of the version in force.", "Nummer der geltenden Fassung.")
    kind: VersionKind = field("Kind of the version in force.", "Art der geltenden Fassung.")
    effective_from: Date = field(
        "Day from which the version holds.", "Tag, ab dem die Fassung gilt."
    )
    valid_from: Date = field("First day of the period.", "Erster Tag des Zeitraums.")
    valid_to: Date = field("Last day of the period.", "Letzter Tag des Zeitraums.")
    total: Amount = field(
        "Volume of the award; additional lines do not count.",
        "Fördervolumen; zusätzliche Mittel zählen nicht mit.",
    )
    lines: list[AwardLine] = field("Lines.", "Zeilen.")
    created_at: DateTime = field("When it was recorded.", "Wann er erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    allowed_actions: list[AwardAction] = field(
        "What the state has room for now.", "Was im jetzigen Stand vorgesehen ist."
    )
