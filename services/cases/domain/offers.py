"""The offer directory: which counselling there is, by whom, about what, where, for how many.

It exists so that no structure is built twice (R-S4-13). An offer that is missing is recorded, too:
what a finding found is data, not only text.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text


class OfferState(StrEnum):
    EXISTING = "EXISTING"
    MISSING = "MISSING"
    ENDED = "ENDED"


class OfferRelation(StrEnum):
    """What a finding says about an offer."""

    MISSING = "MISSING"
    INSUFFICIENT = "INSUFFICIENT"
    DOUBLED = "DOUBLED"
    FITTING = "FITTING"


class OfferIncomplete(RuleViolated):
    code = "offer-incomplete"
    title = Text(
        de="Ein bestehendes Angebot hat einen Träger, ein fehlendes hat weder Träger noch Plätze.",
        en="An existing offer has a provider, a missing one has neither provider nor places.",
    )


class RelationDoesNotFit(RuleViolated):
    code = "relation-does-not-fit"
    title = Text(
        de="Als fehlend wird nur ein Angebot festgestellt, das es nicht gibt.",
        en="Only an offer that does not exist is found missing.",
    )


OVERLAP = Text(
    de="Zu diesem Thema gibt es in diesem Gebiet schon ein Angebot.",
    en="There is an offer on this topic in this area already.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`area_ags`: municipalities; empty means the whole Kreis. `places`: clients at one time."""

    state: OfferState
    title: str
    topic: str
    area_ags: frozenset[str] = frozenset()
    provider: str | None = None
    provider_unit: str | None = None
    places: int | None = None


def require_whole(offer: Offer) -> None:
    """Raises OfferIncomplete."""
    is_missing = offer.state is OfferState.MISSING
    has_provider = offer.provider is not None
    is_empty = offer.places is None and offer.provider_unit is None
    if has_provider is is_missing or (is_missing and not is_empty):
        fault = FieldFault("/provider", OfferIncomplete.code, OfferIncomplete.title)
        raise OfferIncomplete(faults=(fault,))


def require_fitting(state: OfferState, relation: OfferRelation) -> None:
    """Raises RelationDoesNotFit."""
    if (relation is OfferRelation.MISSING) is not (state is OfferState.MISSING):
        raise RelationDoesNotFit(state=state.value, relation=relation.value)


def overlaps(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two areas share a municipality; an empty area is the whole Kreis."""
    return not one or not other or not set(one).isdisjoint(other)


def overlap_warnings(offer: Offer, others: Collection[Collection[str]]) -> tuple[FieldFault, ...]:
    """A hint, never a refusal: two offers may be wanted."""
    if offer.state is not OfferState.EXISTING:
        return ()
    if not any(overlaps(offer.area_ags, area) for area in others):
        return ()
    return (FieldFault("/areaAgs", "offer-overlaps", OVERLAP),)
