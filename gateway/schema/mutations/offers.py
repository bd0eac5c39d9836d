"""The offer directory."""

import strawberry

from gateway.schema.commands import WarnedSuccess, command, made, outcome
from gateway.schema.inputs.offer import ChangeOfferInput, RecordOfferInput
from gateway.schema.offer import Offer
from gateway.schema.published import both, field


@strawberry.type(
    description=both(
        "The offer after the change, with what to think over.",
        "Das Angebot nach der Änderung, mit Hinweisen.",
    )
)
class OfferSuccess(WarnedSuccess):
    offer: Offer = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_offer = made(OfferSuccess, "offer", Offer)
OfferResult = outcome(
    "OfferResult", OfferSuccess, en="The offer, or why not.", de="Das Angebot, oder warum nicht."
)


@strawberry.type
class OfferMutations:
    record_offer = command(
        "POST cases /v1/offers",
        RecordOfferInput,
        _offer,
        OfferResult,
        en="Record an offer, or that it is missing.",
        de="Ein Angebot festhalten, oder dass es fehlt.",
    )
    change_offer = command(
        "PUT cases /v1/offers/{offer_id}",
        ChangeOfferInput,
        _offer,
        OfferResult,
        en="Change an offer.",
        de="Ein Angebot ändern.",
    )
