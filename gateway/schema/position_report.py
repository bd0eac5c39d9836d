"""Tables of posts as somebody printed them, digit by digit."""

import strawberry

from gateway.schema.codes.awards import PostType
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Date, DateTime, Fte


@strawberry.type(description=both("One printed row.", "Eine gedruckte Zeile."))
class PositionReportRow(Published):
    label: str = field("Name.", "Bezeichnung.")
    post_type: PostType = field("What the post is for.", "Wofür die Stelle da ist.")
    approved_fte: Fte = field("Posts approved.", "Bewilligte Stellen.")
    filled_fte: Fte = field("Posts filled.", "Besetzte Stellen.")
    reported_vacant_fte: Fte | None = field("Posts reported vacant.", "Als frei gemeldet.")
    unoccupied_computed: str = field(
        "Approved less filled, computed; may be negative.",
        "Bewilligt minus besetzt, gerechnet; auch negativ.",
    )
    residual: str | None = field(
        "What neither number explains; may be negative.",
        "Was keine der Zahlen erklärt; auch negativ.",
    )


@strawberry.type(description=both("A reported table of posts.", "Eine gemeldete Stellentabelle."))
class PositionReport(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    reported_on: Date = field("Day of the report.", "Tag der Meldung.")
    source: str = field("Where the figures come from.", "Woher die Angaben stammen.")
    provenance: str = field("ORIGINAL or MIRROR.", "ORIGINAL oder MIRROR.")
    rows: list[PositionReportRow] = field("Rows as printed.", "Zeilen, wie gedruckt.")
    total_approved_fte: Fte | None = field("Total as reported.", "Summe, wie gemeldet.")
    total_filled_fte: Fte | None = field("Total as reported.", "Summe, wie gemeldet.")
    total_reported_vacant_fte: Fte | None = field("Total as reported.", "Summe, wie gemeldet.")
    recorded_at: DateTime = field("When it was stored.", "Wann sie gespeichert wurde.")

    @strawberry.field(
        description=both("Path of the CSV at the funding service.", "Pfad der CSV im Dienst.")
    )
    def csv_path(self) -> str:
        return f"/v1/position-reports/{record_of(self)['id']}/table.csv"
