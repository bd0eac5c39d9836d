"""The offer directory."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.care import Warned
from services.cases.api.schemas.fields import Paged, Reference
from services.cases.domain.offers import Offer, OfferRelation, OfferState
from shared.web.fields import Ags, Code, RequestModel, ResponseModel, UnitKey

Places = Annotated[int, Field(ge=0, le=100_000, strict=True)]


class OfferBody(RequestModel):
    """An organisation and its offer; never a person."""

    state: OfferState
    title: Reference
    topic: Code = Field(description="Field of action.")
    area_ags: list[Ags] = Field(
        default_factory=list, max_length=60, description="Municipalities; empty: the whole Kreis."
    )
    provider: Reference | None = Field(None, description="Träger; none for a missing offer.")
    provider_unit: UnitKey | None = None
    places: Places | None = Field(None, description="Clients at one time, where it is known.")

    def offer(self) -> Offer:
        plain = self.model_dump(exclude={"area_ags"})
        return Offer(area_ags=frozenset(self.area_ags), **plain)


class OfferView(ResponseModel):
    id: UUID
    version: int
    state: OfferState
    title: str
    topic: str
    area_ags: list[str]
    provider: str | None
    provider_unit: str | None
    places: int | None
    unit_id: str
    recorded_at: datetime
    updated_at: datetime


class WrittenOffer(OfferView):
    warnings: list[Warned]


class OfferPage(Paged):
    items: list[OfferView]


class OfferLinkBody(RequestModel):
    offer_id: UUID
    relation: OfferRelation
