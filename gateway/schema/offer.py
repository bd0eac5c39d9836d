"""The offer directory: which counselling there is, and which is missing."""

import strawberry

from gateway.schema.codes.findings import OfferRelation, OfferState
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(
    description=both(
        "An organisation's offer, or one that is missing; never a person.",
        "Das Angebot einer Einrichtung, oder eines, das fehlt; nie eine Person.",
    )
)
class Offer(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: OfferState = field("State.", "Stand.")
    title: str = field("Title.", "Titel.")
    topic: str = field("Field of action.", "Handlungsfeld.")
    area_ags: list[str] = field(
        "Municipalities by eight-digit key; empty for the whole Kreis.",
        "Gemeinden mit achtstelligem Schlüssel; leer für den ganzen Kreis.",
    )
    provider: str | None = field("Who runs it.", "Träger.")
    provider_unit: str | None = field(
        "Unit that runs it, where it takes part here.", "Stelle des Trägers, soweit hier beteiligt."
    )
    places: int | None = field("Clients at one time.", "Plätze zur selben Zeit.")
    unit_id: str = field("The unit that recorded it.", "Die Stelle, die es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both(
        "What a structural finding says about an offer.",
        "Was eine Fallanalyse über ein Angebot sagt.",
    )
)
class FoundOffer(Published):
    offer_id: strawberry.ID = field("UUID of the offer.", "UUID des Angebots.")
    relation: OfferRelation = field("What was found.", "Was festgestellt wurde.")
    title: str = field("Title.", "Titel.")
    topic: str = field("Field of action.", "Handlungsfeld.")
    state: OfferState = field("State of the offer.", "Stand des Angebots.")
    provider: str | None = field("Who runs it.", "Träger.")
