"""Keys of units, and referrals that only their recipient can read."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.sealing import (
    PublishUnitKeyInput,
    RevokeUnitKeyInput,
    SubmitSealedReferralInput,
)
from gateway.schema.mutations.referrals import ReferralResult, ReferralSuccess
from gateway.schema.org_unit import UnitKey
from gateway.schema.published import both, field
from gateway.schema.referral import Referral


@strawberry.type(description=both("The key after the change.", "Der Schlüssel danach."))
class UnitKeySuccess(Success):
    key: UnitKey = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_key = made(UnitKeySuccess, "key", UnitKey)
UnitKeyResult = outcome(
    "UnitKeyResult",
    UnitKeySuccess,
    en="The key, or why not.",
    de="Der Schlüssel, oder warum nicht.",
)


@strawberry.type
class SealingMutations:
    publish_unit_key = command(
        "POST referrals /v1/org-units/{unit_id}/keys",
        PublishUnitKeyInput,
        _key,
        UnitKeyResult,
        en="Publish a public key of the own unit.",
        de="Einen öffentlichen Schlüssel der eigenen Stelle veröffentlichen.",
    )
    revoke_unit_key = command(
        "POST referrals /v1/org-units/{unit_id}/keys/{kid}/actions/revoke",
        RevokeUnitKeyInput,
        _key,
        UnitKeyResult,
        en="Take a key out of use; it cannot come back.",
        de="Einen Schlüssel zurückziehen; er kommt nicht wieder.",
    )
    submit_sealed_referral = command(
        "POST referrals /v1/sealed-referrals",
        SubmitSealedReferralInput,
        made(ReferralSuccess, "referral", Referral),
        ReferralResult,
        en="Send content that only the recipient can read.",
        de="Inhalt senden, den nur die empfangende Stelle lesen kann.",
    )
