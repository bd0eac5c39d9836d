"""What steps of programmes, budgets and requests for own money take."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.budgets import AmountStatus, BudgetEntryKind
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date, Fte


@strawberry.input(description=both("Record a programme.", "Ein Programm erfassen."))
class RecordProgrammeInput(Command):
    code: str = needed("Code.", "Code.")
    name_de: str = needed("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str = needed("Name in English.", "Bezeichnung auf Englisch.")
    volume: Amount | None = given("Euros stated; with its status.", "Euro; mit ihrem Status.")
    volume_status: AmountStatus | None = given("How firm it is.", "Wie fest das ist.")
    announced_on: Date | None = given("Day of the announcement.", "Tag der Ankündigung.")
    funder: str | None = given("Funder.", "Zuwendungsgeber.")
    legal_source: str | None = given("Guideline.", "Richtlinie.")
    enacted_on: Date | None = given("Day it was enacted.", "Tag des Erlasses.")
    in_force_from: Date | None = given("First day in force.", "In Kraft ab.")
    assurance_until: Date | None = given("Assured until.", "Zugesagt bis.")
    source: str | None = given("Where it stands.", "Wo es steht.")


@strawberry.input(
    description=both("Record a name of the ministry.", "Einen Namen des Ministeriums erfassen.")
)
class RecordFunderNameInput(Command):
    programme_id: strawberry.ID = needed("UUID of the programme.", "UUID des Programms.")
    name: str = needed("Name.", "Name.")
    used_from: Date = needed("First day.", "Erster Tag.")


@strawberry.input(description=both("Record a budget line.", "Einen Haushaltsansatz erfassen."))
class RecordBudgetEntryInput(Command):
    kind: BudgetEntryKind = needed("Revenue or expense.", "Ertrag oder Aufwand.")
    amount: Amount = needed("Euros.", "Euro.")
    fiscal_year: int = needed("Fiscal year.", "Haushaltsjahr.")
    product: str = needed("Product.", "Produkt.")
    account: str | None = given("Account.", "Sachkonto.")
    funding_line: FundingLine | None = given("Funding line.", "Baustein.")
    name_de: str | None = given("Name.", "Bezeichnung.")
    source: str | None = given("Where it stands.", "Wo es steht.")


@strawberry.input(description=both("Request own money.", "Eigenmittel beantragen."))
class RequestOwnShareInput(Command):
    fiscal_year: int = needed("Fiscal year.", "Haushaltsjahr.")
    requested_by: str = needed("Who requests, an organisation.", "Wer beantragt, ein Träger.")
    requested_on: Date | None = given("Day of the request.", "Tag des Antrags.")
    award_line_id: strawberry.ID | None = given("UUID of the line.", "UUID der Zeile.")
    personnel_cost: Amount = needed("Euros for a post's person.", "Personalkosten je Stelle.")
    overhead_cost: Amount | None = given("Euros of overhead.", "Gemeinkosten je Stelle.")
    ceiling: Amount = needed("Euros that the programme pays.", "Fördersatz je Stelle.")
    fte: Fte = needed("Posts.", "Stellenanteile.")
    requested_amount: Amount = needed("Euros requested.", "Beantragte Euro.")
    recommended_amount: Amount | None = given("Euros recommended.", "Empfohlene Euro.")
    source: str | None = given("Where it stands.", "Wo es steht.")


@strawberry.input(
    description=both("Record the recommendation.", "Die Empfehlung der Verwaltung erfassen.")
)
class RecommendOwnShareInput(Change):
    request_id: strawberry.ID = needed("UUID of the request.", "UUID des Antrags.")
    amount: Amount = needed("Euros recommended.", "Empfohlene Euro.")


@strawberry.input(description=both("Record the council's decision.", "Den Beschluss erfassen."))
class DecideOwnShareInput(Change):
    request_id: strawberry.ID = needed("UUID of the request.", "UUID des Antrags.")
    amount: Amount = needed("Euros decided.", "Beschlossene Euro.")
    decided_on: Date = needed("Day of the decision.", "Tag des Beschlusses.")
