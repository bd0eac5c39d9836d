"""The funding status on a day."""

import strawberry

from gateway.schema.codes.awards import AwardState, FundingLine, LinePurpose, PostType
from gateway.schema.codes.budgets import PartYearDecision
from gateway.schema.codes.contracts import LegalForm
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Amount, Date, Fte


@strawberry.type(
    description=both("One figure or date behind a finding.", "Eine Zahl oder ein Datum dahinter.")
)
class FindingFact:
    name: str = field("Name of the figure.", "Name der Zahl.")
    value: str = field("Its value as text.", "Ihr Wert als Text.")


@strawberry.type(
    description=both(
        "What the figures themselves say is odd. It blocks nothing.",
        "Was an den Zahlen auffällt. Es sperrt nichts.",
    )
)
class Finding(Published):
    code: str = field("Stable code.", "Beständiger Code.")
    subject: str = field("What it is about.", "Worum es geht.")
    message_de: str = field("Sentence in German.", "Satz auf Deutsch.")
    message_en: str = field("Sentence in English.", "Satz auf Englisch.")

    @strawberry.field(
        description=both("Figures and dates behind it.", "Zahlen und Daten dahinter.")
    )
    def facts(self) -> list[FindingFact]:
        return [
            FindingFact(name=name, value=value) for name, value in record_of(self)["facts"].items()
        ]


@strawberry.type(description=both("What is odd on a day.", "Was an einem Tag auffällt."))
class FundingFindings(Published):
    as_of: Date = field("The day.", "Der Stichtag.")
    items: list[Finding] = field("What is odd.", "Was auffällt.")


@strawberry.type(
    description=both(
        "Three reported numbers and two computed ones.",
        "Drei gemeldete Zahlen und zwei errechnete.",
    )
)
class PostFigures(Published):
    approved: Fte = field("Posts approved.", "Bewilligte Stellen.")
    filled: Fte = field("Posts filled, as reported.", "Besetzte Stellen, wie gemeldet.")
    reported_vacant: Fte | None = field(
        "Posts vacant, as reported; never approved minus filled.",
        "Unbesetzte Stellen, wie gemeldet; nie bewilligt minus besetzt.",
    )
    unoccupied_computed: Fte = field("Approved minus filled.", "Bewilligt minus besetzt.")
    residual: Fte | None = field(
        "Posts reported neither as filled nor as vacant.",
        "Stellen, die weder als besetzt noch als unbesetzt gemeldet sind.",
    )


@strawberry.type(
    description=both("One row of the table of posts.", "Eine Zeile der Stellentabelle.")
)
class PostRow(Published):
    approved: Fte = field("Posts approved.", "Bewilligte Stellen.")
    filled: Fte = field("Posts filled, as reported.", "Besetzte Stellen, wie gemeldet.")
    reported_vacant: Fte | None = field(
        "Posts vacant, as reported; never approved minus filled.",
        "Unbesetzte Stellen, wie gemeldet; nie bewilligt minus besetzt.",
    )
    unoccupied_computed: Fte = field("Approved minus filled.", "Bewilligt minus besetzt.")
    residual: Fte | None = field(
        "Posts reported neither as filled nor as vacant.",
        "Stellen, die weder als besetzt noch als unbesetzt gemeldet sind.",
    )
    label: str = field("Name.", "Bezeichnung.")
    post_type: PostType = field("What the post is for.", "Wofür die Stelle da ist.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")


@strawberry.type(description=both("The table of posts.", "Die Stellentabelle."))
class PostTable(Published):
    origin: str = field(
        "POSITION_REPORT: as last reported; POSITIONS: counted from the posts on record.",
        "POSITION_REPORT: wie zuletzt gemeldet; POSITIONS: aus den erfassten Stellen gezählt.",
    )
    report_id: strawberry.ID | None = field(
        "UUID of the reported table.", "UUID der gemeldeten Tabelle."
    )
    reported_on: Date | None = field("Day of the report.", "Tag der Meldung.")
    source: str | None = field("Where the figure comes from.", "Woher die Angabe stammt.")
    rows: list[PostRow] = field("Rows.", "Zeilen.")
    reported_total: PostFigures | None = field(
        "Total row as reported.", "Summenzeile, wie gemeldet."
    )
    computed_total: PostFigures = field(
        "Total recomputed from the rows.", "Aus den Zeilen errechnete Summe."
    )
    findings: list[Finding] = field("What is remarkable.", "Was auffällt.")


@strawberry.type(
    description=both(
        "A post that did not run all year: both amounts, until a person decides.",
        "Eine Stelle, die nicht das ganze Jahr lief: beide Beträge, bis entschieden ist.",
    )
)
class PartYear(Published):
    full: Amount = field("The full amount in euros.", "Der volle Betrag in Euro.")
    pro_rata: Amount = field("Euros by months.", "Anteilige Euro nach Monaten.")
    decision: PartYearDecision | None = field("The decision.", "Die Entscheidung.")
    decided: Amount | None = field("Euros that hold.", "Euro, die gelten.")


@strawberry.type(
    description=both(
        "One award line as it stood on the day.", "Eine Bescheidzeile, wie sie am Stichtag stand."
    )
)
class FundingStatusLine(Published):
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    award_reference: str | None = field("Reference of the notice.", "Aktenzeichen des Bescheids.")
    award_state: AwardState = field("State of the award.", "Stand des Bescheids.")
    version_number: int = field("Number of the version in force.", "Nummer der geltenden Fassung.")
    line_id: strawberry.ID = field("UUID of the line.", "UUID der Zeile.")
    key: str = field("Key.", "Schlüssel.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    legal_form: LegalForm = field(
        "Kind of money: grant or lump sum.", "Art der Mittel: Zuwendung oder Pauschale."
    )
    purpose: LinePurpose = field("What the money is for.", "Wofür die Mittel bestimmt sind.")
    name_de: str = field("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str = field("Name in English.", "Bezeichnung auf Englisch.")
    amount: Amount = field("Euros.", "Euro.")
    fte: Fte | None = field("Full-time equivalents.", "Stellenanteile.")
    amount_per_post: Amount | None = field("Euros per post.", "Euro je Stelle.")
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date = field("Last day.", "Letzter Tag.")
    is_additional: bool = field(
        "Money on top that does not count towards the volume.",
        "Zusätzliche Mittel, die nicht zum Fördervolumen zählen.",
    )
    status: str = field(
        "GRANTED or EXPECTED; the two are never added.",
        "GRANTED oder EXPECTED; beide werden nie addiert.",
    )
    own_use_amount: Amount = field("Euros kept for own use.", "Selbst verwendete Euro.")
    own_use_fte: Fte = field("Posts kept for own use.", "Selbst besetzte Stellen.")
    allocated_amount: Amount = field("Euros passed on.", "Weitergeleitete Euro.")
    allocated_fte: Fte = field("Posts passed on.", "Weitergeleitete Stellen.")
    part_year: PartYear | None = field(
        "Both amounts, where a post did not run all year.",
        "Beide Beträge, wenn eine Stelle nicht das ganze Jahr lief.",
    )


@strawberry.type(
    description=both("What is granted in one funding line.", "Was in einem Baustein bewilligt ist.")
)
class FundingLineTotal(Published):
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    amount: Amount = field("Euros.", "Euro.")
    posts_amount: Amount = field("Euros for posts.", "Euro für Stellen.")
    fte: Fte = field("Full-time equivalents.", "Stellenanteile.")
    amount_per_post: Amount | None = field("Euros per post.", "Euro je Stelle.")


@strawberry.type(
    description=both(
        "What the filled posts can use at most.",
        "Was die besetzten Stellen höchstens nutzen können.",
    )
)
class Forecast(Published):
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    granted: Amount = field("Euros granted.", "Bewilligte Euro.")
    filled_fte: Fte = field("Posts filled.", "Besetzte Stellen.")
    usable: Amount = field("Euros usable at most.", "Höchstens nutzbare Euro.")
    unspent: Amount = field("Euros expected to be left.", "Voraussichtlich übrige Euro.")


@strawberry.type(description=both("Funding on a day.", "Förderstand an einem Tag."))
class FundingStatus(Published):
    tenant_id: str = field("Key of the area.", "Schlüssel des Gebiets.")
    as_of: Date = field("The day.", "Der Stichtag.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    programme_volume: Amount = field("Volume of the awards (Fördervolumen).", "Fördervolumen.")
    additional_funds: Amount = field(
        "Additional money; not part of the volume.",
        "Zusätzliche Mittel; nicht Teil des Fördervolumens.",
    )
    ministry_total: Amount = field(
        "All granted money of the Land, additional money included.",
        "Alle bewilligten Landesmittel, zusätzliche eingeschlossen.",
    )
    expected_total: Amount = field(
        "Announced or applied for; never part of a sum of granted money.",
        "Angekündigt oder beantragt; nie Teil einer Summe bewilligter Mittel.",
    )
    lines: list[FundingStatusLine] = field("Lines.", "Zeilen.")
    funding_lines: list[FundingLineTotal] = field(
        "Totals by funding line.", "Summen nach Baustein."
    )
    positions: PostTable = field("The table of posts.", "Die Stellentabelle.")
    forecasts: list[Forecast] = field(
        "Expected unspent money.", "Voraussichtlich nicht verbrauchte Mittel."
    )
    findings: list[Finding] = field("What is remarkable.", "Was auffällt.")
