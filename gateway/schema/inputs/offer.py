"""What the offer directory takes."""

import strawberry

from gateway.schema.codes.findings import OfferRelation, OfferState
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both


@strawberry.input(
    description=both(
        "Record an offer, or that it is missing.", "Ein Angebot festhalten, oder dass es fehlt."
    )
)
class RecordOfferInput(Command):
    state: OfferState = needed("State.", "Stand.")
    title: str = needed("Title.", "Titel.")
    topic: str = needed("Field of action.", "Handlungsfeld.")
    area_ags: list[str] | None = given(
        "Municipalities by eight-digit key; empty for the whole Kreis.",
        "Gemeinden mit achtstelligem Schlüssel; leer für den ganzen Kreis.",
    )
    provider: str | None = given("Who runs it; none if missing.", "Träger; keiner, wenn es fehlt.")
    provider_unit: str | None = given(
        "Unit that runs it, where it takes part here.", "Stelle des Trägers, soweit hier beteiligt."
    )
    places: int | None = given("Clients at one time.", "Plätze zur selben Zeit.")


@strawberry.input(description=both("Change an offer as a whole.", "Ein Angebot im Ganzen ändern."))
class ChangeOfferInput(Change):
    offer_id: strawberry.ID = needed("UUID of the offer.", "UUID des Angebots.")
    state: OfferState = needed("State.", "Stand.")
    title: str = needed("Title.", "Titel.")
    topic: str = needed("Field of action.", "Handlungsfeld.")
    area_ags: list[str] | None = given(
        "Municipalities by eight-digit key; empty for the whole Kreis.",
        "Gemeinden mit achtstelligem Schlüssel; leer für den ganzen Kreis.",
    )
    provider: str | None = given("Who runs it; none if missing.", "Träger; keiner, wenn es fehlt.")
    provider_unit: str | None = given(
        "Unit that runs it, where it takes part here.", "Stelle des Trägers, soweit hier beteiligt."
    )
    places: int | None = given("Clients at one time.", "Plätze zur selben Zeit.")


@strawberry.input(
    description=both(
        "Say what a finding found about an offer.",
        "Sagen, was eine Fallanalyse über ein Angebot feststellt.",
    )
)
class LinkFindingOfferInput(Command):
    finding_id: strawberry.ID = needed("UUID of the structural finding.", "UUID der Fallanalyse.")
    offer_id: strawberry.ID = needed("UUID of the offer.", "UUID des Angebots.")
    relation: OfferRelation = needed("What was found.", "Was festgestellt wurde.")
