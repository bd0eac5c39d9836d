"""What steps of an award take."""

import strawberry

from gateway.schema.codes.awards import (
    AwardAction,
    FundingLine,
    LinePurpose,
    PostType,
    VersionKind,
)
from gateway.schema.codes.contracts import ApplicantKind
from gateway.schema.codes.ledger import Book
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date, Fte


@strawberry.input(
    description=both(
        "A Kreis, a municipality, or a part of one.",
        "Ein Kreis, eine Gemeinde oder ein Teil davon.",
    )
)
class AreaInput:
    key: str = needed("Key.", "Schlüssel.")
    part: str | None = given("Named part of a municipality.", "Benannter Teil einer Gemeinde.")


@strawberry.input(description=both("Area with exceptions.", "Gebiet mit Ausnahmen."))
class TerritoryInput:
    included: list[AreaInput] = needed("Areas that belong to it.", "Gebiete, die dazugehören.")
    excluded: list[AreaInput] | None = given("Areas left out.", "Ausgenommene Gebiete.")


@strawberry.input(description=both("The municipality that applies.", "Die beantragende Kommune."))
class ApplicantInput:
    kind: ApplicantKind | None = given("Kind.", "Art.")
    has_integration_centre: bool | None = given(
        "Has a Kommunales Integrationszentrum.", "Hat ein Kommunales Integrationszentrum."
    )
    has_foreigners_authority: bool | None = given(
        "Has an Ausländerbehörde.", "Hat eine Ausländerbehörde."
    )
    has_naturalisation_authority: bool | None = given(
        "Has an Einbürgerungsbehörde.", "Hat eine Einbürgerungsbehörde."
    )
    has_youth_office: bool | None = given("Has a Jugendamt.", "Hat ein Jugendamt.")
    has_integration_council: bool | None = given(
        "Has an Integrationsrat.", "Hat einen Integrationsrat."
    )
    applies_through_county: bool | None = given(
        "Applies through the Kreis.", "Beantragt über den Kreis."
    )


@strawberry.input(
    description=both("A post that a line pays.", "Eine Stelle, die eine Zeile bezahlt.")
)
class PositionOfLineInput:
    post_type: PostType = needed("What the post is for.", "Wofür die Stelle da ist.")
    approved_fte: Fte = needed("Posts approved.", "Bewilligte Stellen.")
    label: str | None = given("Name.", "Bezeichnung.")
    unit_id: str | None = given("The unit that is responsible.", "Die verantwortliche Stelle.")
    ags: str | None = given("Eight-digit municipality key.", "Achtstelliger Gemeindeschlüssel.")
    location_note: str | None = given("Where the post is.", "Wo die Stelle ist.")
    focus: list[str] | None = given("Focus.", "Schwerpunkte.")
    products: list[str] | None = given(
        "Products of the municipal budget.", "Produkte des Haushalts."
    )
    planned_start: str | None = given(
        "Planned start, for example 2021-Q1.", "Geplanter Beginn, zum Beispiel 2021-Q1."
    )
    valid_from: Date | None = given("First day.", "Erster Tag.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")
    has_other_source: bool | None = given(
        "Another source pays after the award.", "Nach dem Bescheid zahlt eine andere Quelle."
    )
    source: str | None = given("Where the figure comes from.", "Woher die Angabe stammt.")


@strawberry.input(
    description=both("One line of an amendment.", "Eine Zeile eines Änderungsbescheids.")
)
class AwardLineInput:
    key: str = needed("Key.", "Schlüssel.")
    funding_line: FundingLine = needed("Funding line.", "Baustein.")
    amount: Amount = needed("Euros.", "Euro.")
    purpose: LinePurpose | None = given("What the money is for.", "Wofür die Mittel bestimmt sind.")
    fte: Fte | None = given("Full-time equivalents.", "Stellenanteile.")
    rate: Amount | None = given("Euros per post.", "Euro je Stelle.")
    valid_from: Date | None = given("First day.", "Erster Tag.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")
    is_additional: bool | None = given(
        "Money on top that does not count towards the volume.",
        "Zusätzliche Mittel, die nicht zum Fördervolumen zählen.",
    )
    name_de: str | None = given("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str | None = given("Name in English.", "Bezeichnung auf Englisch.")
    source: str | None = given("Where the figure comes from.", "Woher die Angabe stammt.")


@strawberry.input(
    description=both(
        "One line of a new award, with the posts it pays.",
        "Eine Zeile eines neuen Bescheids, mit den Stellen, die sie bezahlt.",
    )
)
class NewAwardLineInput:
    key: str = needed("Key.", "Schlüssel.")
    funding_line: FundingLine = needed("Funding line.", "Baustein.")
    amount: Amount = needed("Euros.", "Euro.")
    purpose: LinePurpose | None = given("What the money is for.", "Wofür die Mittel bestimmt sind.")
    fte: Fte | None = given("Full-time equivalents.", "Stellenanteile.")
    rate: Amount | None = given("Euros per post.", "Euro je Stelle.")
    valid_from: Date | None = given("First day.", "Erster Tag.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")
    is_additional: bool | None = given(
        "Money on top that does not count towards the volume.",
        "Zusätzliche Mittel, die nicht zum Fördervolumen zählen.",
    )
    name_de: str | None = given("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str | None = given("Name in English.", "Bezeichnung auf Englisch.")
    source: str | None = given("Where the figure comes from.", "Woher die Angabe stammt.")
    own_use_fte: Fte | None = given("Posts kept for own use.", "Selbst besetzte Stellen.")
    own_use_amount: Amount | None = given("Euros kept for own use.", "Selbst verwendete Euro.")
    positions: list[PositionOfLineInput] | None = given(
        "Posts that the line pays.", "Stellen, die die Zeile bezahlt."
    )


@strawberry.input(
    description=both(
        "Record an award with its lines and posts.",
        "Einen Bescheid mit Zeilen und Stellen erfassen.",
    )
)
class RecordAwardInput(Command):
    valid_from: Date = needed("First day.", "Erster Tag.")
    valid_to: Date = needed("Last day.", "Letzter Tag.")
    total: Amount = needed(
        "Volume of the award; additional lines do not count.",
        "Fördervolumen; zusätzliche Mittel zählen nicht mit.",
    )
    lines: list[NewAwardLineInput] = needed("Lines.", "Zeilen.")
    fiscal_year: int = needed("Fiscal year.", "Haushaltsjahr.")
    kind: VersionKind | None = given("Kind.", "Art.")
    follows_award_id: strawberry.ID | None = given(
        "The award that this one follows.", "Der Bescheid, dem dieser folgt."
    )
    reference: str | None = given("Reference for people.", "Aktenzeichen.")
    authority: str | None = given("Authority that granted it.", "Bewilligungsbehörde.")
    funder: str | None = given("Funder.", "Zuwendungsgeber.")
    source: str | None = given("Where the figure comes from.", "Woher die Angabe stammt.")
    applicant: ApplicantInput | None = given("Who applies.", "Wer beantragt.")
    territory: TerritoryInput | None = given("Area.", "Gebiet.")
    permits_forwarding: bool | None = given(
        "The money may be passed on.", "Die Mittel dürfen weitergeleitet werden."
    )
    awarded_on: Date | None = given("Date of the notice.", "Datum des Bescheids.")
    assurance_until: Date | None = given(
        "Day until which the funding is assured.", "Tag, bis zu dem die Förderung zugesagt ist."
    )
    proof_due_on: Date | None = given(
        "Day on which the proof is due.", "Tag, an dem der Nachweis fällig ist."
    )
    book: Book | None = given("Live or practice.", "Echt- oder Übungsbetrieb.")


@strawberry.input(
    description=both(
        "Record an amendment; lines are matched by key.",
        "Einen Änderungsbescheid erfassen; Zeilen gehören über den Schlüssel zusammen.",
    )
)
class AmendAwardInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    valid_to: Date = needed("Last day.", "Letzter Tag.")
    effective_from: Date = needed(
        "Day from which the version holds.", "Tag, ab dem die Fassung gilt."
    )
    total: Amount = needed(
        "Volume of the award; additional lines do not count.",
        "Fördervolumen; zusätzliche Mittel zählen nicht mit.",
    )
    lines: list[AwardLineInput] = needed("Lines.", "Zeilen.")
    reason: str | None = given("Reason.", "Begründung.")


@strawberry.input(
    description=both(
        "Release an amendment, by a second person.",
        "Einen Änderungsbescheid freigeben, durch eine zweite Person.",
    )
)
class ApproveAwardVersionInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    number: int = needed("Number of the version.", "Nummer der Fassung.")


@strawberry.input(
    description=both(
        "What of a line a partial revocation takes back.",
        "Was ein Teilwiderruf von einer Zeile zurücknimmt.",
    )
)
class RevokedLineInput:
    award_line_id: strawberry.ID = needed("UUID of the line.", "UUID der Zeile.")
    amount: Amount = needed("Euros.", "Euro.")


@strawberry.input(
    description=both("Take an award a step further.", "Einen Bescheid einen Schritt weiterführen.")
)
class PerformAwardActionInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    action: AwardAction = needed("The action.", "Die Aktion.")
    notified_on: Date | None = given("Day of notification.", "Tag der Bekanntgabe.")
    remedies_waived_on: Date | None = given(
        "Day on which remedies were waived.", "Tag des Rechtsbehelfsverzichts."
    )
    budget_released_on: Date | None = given(
        "Day on which the municipal budget was released.", "Tag der Freigabe im Haushalt."
    )
    proof_due_on: Date | None = given(
        "Day on which the proof is due.", "Tag, an dem der Nachweis fällig ist."
    )
    reason: str | None = given("Reason.", "Begründung.")
    effective_on: Date | None = given("Day from which it holds.", "Tag, ab dem es wirkt.")
    known_since: Date | None = given(
        "Since when all facts were known.", "Seit wann alle Tatsachen bekannt waren."
    )
    hearing_on: Date | None = given("Day of the hearing.", "Tag der Anhörung.")
    revoked_amount: Amount | None = given("Euros revoked.", "Widerrufene Euro.")
    revoked_lines: list[RevokedLineInput] | None = given(
        "What is revoked of each line.", "Was von jeder Zeile widerrufen ist."
    )
