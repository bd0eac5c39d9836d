"""Programmes, budgets and requests for own money: figures on paper that are no award."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.budgets import AmountStatus, BudgetEntryKind
from gateway.schema.published import Published, both, field
from gateway.schema.reads import parts
from gateway.schema.scalars import Amount, Date, DateTime, Fte


@strawberry.type
class DatedRecord(Published):
    """Base of a record that is changed by naming its version."""

    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both("A name of the ministry from a day on.", "Ein Name des Ministeriums.")
)
class FunderName(DatedRecord):
    programme_id: strawberry.ID = field("UUID of the programme.", "UUID des Programms.")
    name: str = field("Name.", "Name.")
    used_from: Date = field("First day.", "Erster Tag.")


@strawberry.type(
    description=both(
        "A programme. Its volume is a statement and no award.",
        "Ein Programm. Sein Volumen ist eine Aussage und kein Bescheid.",
    )
)
class Programme(DatedRecord):
    code: str = field("Code.", "Code.")
    name_de: str = field("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str = field("Name in English.", "Bezeichnung auf Englisch.")
    volume: Amount | None = field("Euros stated.", "Genannte Euro.")
    volume_status: AmountStatus | None = field("How firm it is.", "Wie fest das ist.")
    announced_on: Date | None = field("Day of the announcement.", "Tag der Ankündigung.")
    funder: str | None = field("Funder.", "Zuwendungsgeber.")
    legal_source: str | None = field("Guideline.", "Richtlinie.")
    enacted_on: Date | None = field("Day it was enacted.", "Tag des Erlasses.")
    in_force_from: Date | None = field("First day in force.", "In Kraft ab.")
    assurance_until: Date | None = field("Assured until.", "Zugesagt bis.")
    source: str | None = field("Where it stands.", "Wo es steht.")
    funder_names = parts(
        "funding /v1/programmes/{id}/funder-names",
        FunderName,
        en="What the ministry was called.",
        de="Wie das Ministerium hieß.",
        is_paged=True,
    )


@strawberry.type(
    description=both("A planned revenue or expense, gross.", "Ein Ansatz des Haushalts, brutto.")
)
class BudgetEntry(DatedRecord):
    kind: BudgetEntryKind = field("Revenue or expense.", "Ertrag oder Aufwand.")
    amount: Amount = field("Euros.", "Euro.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    product: str = field("Product.", "Produkt.")
    account: str | None = field("Account, if the paper names one.", "Sachkonto, falls genannt.")
    funding_line: FundingLine | None = field("Funding line.", "Baustein.")
    name_de: str = field("Name.", "Bezeichnung.")
    source: str | None = field("Where it stands.", "Wo es steht.")


@strawberry.type(
    description=both(
        "What a budget paper raises, by how much, to what.",
        "Was eine Vorlage erhöht, um wie viel, auf wie viel.",
    )
)
class BudgetChange(Published):
    base: Amount = field("Euros before.", "Euro zuvor.")
    delta: str = field("Euros more, or less with a minus.", "Euro mehr, mit Minus weniger.")
    total: Amount = field("Euros after.", "Euro danach.")


@strawberry.type(
    description=both(
        "What a paper says it costs; null where it says no, which is not zero.",
        "Was eine Vorlage kostet; null bei Nein, was nicht null Euro ist.",
    )
)
class BudgetEffect(Published):
    amount: Amount | None = field("Euros.", "Euro.")


@strawberry.type(description=both("An amount under assumptions.", "Ein Betrag unter Annahmen."))
class AssumedAmount(Published):
    amount: str = field("Euros; may be negative.", "Euro; auch negativ.")
    assumptions: list[str] = field("What it rests on.", "Worauf er beruht.")


@strawberry.type(description=both("Budget of a product, gross.", "Haushalt eines Produkts."))
class BudgetPlan(Published):
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    product: str = field("Product.", "Produkt.")
    revenue: Amount = field("Euros of revenue.", "Erträge in Euro.")
    expense: Amount = field("Euros of expense.", "Aufwendungen in Euro.")
    coordination_residual: AssumedAmount | None = field(
        "What is left for coordination under the assumed revenues.",
        "Was unter den angenommenen Erträgen für die Koordination bleibt.",
    )


@strawberry.type(
    description=both(
        "A request for own money above the ceiling: requested, recommended and decided apart.",
        "Ein Antrag auf Eigenmittel über dem Satz: beantragt, empfohlen und beschlossen getrennt.",
    )
)
class OwnShareRequest(DatedRecord):
    award_line_id: strawberry.ID | None = field("UUID of the line.", "UUID der Zeile.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    requested_by: str = field("Who requests, an organisation.", "Wer beantragt, ein Träger.")
    requested_on: Date | None = field("Day of the request.", "Tag des Antrags.")
    personnel_cost: Amount = field("Euros of a post's personnel cost.", "Personalkosten je Stelle.")
    overhead_cost: Amount = field("Euros of a post's overhead.", "Gemeinkosten je Stelle.")
    ceiling: Amount = field("Euros that the programme pays.", "Fördersatz je Stelle.")
    fte: Fte = field("Posts.", "Stellenanteile.")
    own_share_cap: Amount = field("Euros per post at most.", "Höchstens Euro je Stelle.")
    personnel_gap: Amount = field("Gap in personnel cost.", "Lücke bei den Personalkosten.")
    full_gap: Amount = field("Gap with overhead.", "Lücke mit Gemeinkosten.")
    requested_amount: Amount = field("Euros requested.", "Beantragte Euro.")
    recommended_amount: Amount | None = field("Euros recommended.", "Empfohlene Euro.")
    decided_amount: Amount | None = field("Euros decided.", "Beschlossene Euro.")
    decided_on: Date | None = field("Day of the decision.", "Tag des Beschlusses.")
    findings: list[str] = field("What is odd, as codes.", "Was auffällt, als Codes.")
    source: str | None = field("Where it stands.", "Wo es steht.")
