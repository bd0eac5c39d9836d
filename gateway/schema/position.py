"""Posts."""

import strawberry

from gateway.context import Info
from gateway.schema.access import access_of
from gateway.schema.access_money import PositionAccess
from gateway.schema.ahead import id_text
from gateway.schema.award import Award
from gateway.schema.codes.awards import FundingLine, PostType
from gateway.schema.node import Node
from gateway.schema.provenance import ExternalId
from gateway.schema.published import REQUEST, Published, both, field
from gateway.schema.scalars import Date, DateTime, Fte


@strawberry.type(
    description=both(
        "A share of one seat from a day on.", "Ein Anteil an einem Platz ab einem Tag."
    )
)
class Occupancy(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    seat: int = field("Number of the seat.", "Nummer des Platzes.")
    share: Fte = field("Share of the seat.", "Anteil am Platz.")
    since: Date = field("First day.", "Erster Tag.")
    until: Date | None = field("Last day.", "Letzter Tag.")
    programme: str = field("Programme that pays.", "Programm, das bezahlt.")
    holder_ref: str | None = field(
        "Random UUID of one person on several posts.",
        "Zufällige UUID einer Person auf mehreren Stellen.",
    )
    source: str | None = field("Where the figure comes from.", "Woher die Angabe stammt.")


@strawberry.type(
    description=both(
        "Products that carry a post from a fiscal year on.",
        "Produkte, die eine Stelle ab einem Haushaltsjahr tragen.",
    )
)
class ProductsOfYear(Published):
    fiscal_year: int = field("First fiscal year.", "Erstes Haushaltsjahr.")
    products: list[str] = field("Products of the municipal budget.", "Produkte des Haushalts.")


@strawberry.type(
    description=both("A post or a group of posts.", "Eine Stelle oder Gruppe von Stellen.")
)
class Position(Published, Node):
    access = access_of(PositionAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    award_line_id: strawberry.ID | None = field(
        "UUID of the award line.", "UUID der Bescheidzeile."
    )
    award_id: strawberry.ID | None = field("UUID of the award.", "UUID des Bescheids.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    post_type: PostType = field("What the post is for.", "Wofür die Stelle da ist.")
    label: str = field("Name.", "Bezeichnung.")
    unit_id: str | None = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    ags: str | None = field("Eight-digit municipality key.", "Achtstelliger Gemeindeschlüssel.")
    location_note: str = field("Where the post is.", "Wo die Stelle ist.")
    focus: list[str] = field("Focus.", "Schwerpunkte.")
    products: list[str] = field("Products of the municipal budget.", "Produkte des Haushalts.")
    products_by_year: list[ProductsOfYear] = field(
        "Products by the fiscal year from which they hold.",
        "Produkte nach dem Haushaltsjahr, ab dem sie gelten.",
    )
    planned_start: str | None = field(
        "Planned start, for example 2021-Q1.", "Geplanter Beginn, zum Beispiel 2021-Q1."
    )
    valid_from: Date | None = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day.", "Letzter Tag.")
    has_other_source: bool = field(
        "Another source pays after the award.", "Nach dem Bescheid zahlt eine andere Quelle."
    )
    source: str | None = field("Where the figure comes from.", "Woher die Angabe stammt.")
    version_number: int = field("Number of the version in force.", "Nummer der geltenden Fassung.")
    effective_from: Date = field(
        "Day from which the version holds.", "Tag, ab dem die Fassung gilt."
    )
    approved_fte: Fte = field("Posts approved.", "Bewilligte Stellen.")
    occupied_fte: Fte = field("Posts occupied.", "Besetzte Stellen.")
    reported_filled_fte: Fte | None = field(
        "Posts reported as filled.", "Als besetzt gemeldete Stellen."
    )
    reported_vacant_fte: Fte | None = field(
        "Posts reported as vacant.", "Als unbesetzt gemeldete Stellen."
    )
    reported_on: Date | None = field("Day of the report.", "Tag der Meldung.")
    reported_source: str | None = field("Source of the report.", "Quelle der Meldung.")
    occupancies: list[Occupancy] = field(
        "Who pays which share of a seat.", "Wer welchen Anteil eines Platzes bezahlt."
    )
    external_ids: list[ExternalId] = field(
        "What software of the own unit knows the post by.",
        "Wie Verfahren der eigenen Stelle die Stelle kennen.",
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")

    @strawberry.field(
        description=both("The award that pays it.", "Der Bescheid, der es bezahlt."),
        metadata={REQUEST: "GET funding /v1/awards"},
    )
    async def award(self, info: Info) -> Award | None:
        award_id = self.record.get("awardId")
        if award_id is None:
            return None
        return Award.from_optional(await info.context.loaders.award.load(id_text(award_id)))
