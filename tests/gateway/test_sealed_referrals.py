"""Keys and sealed content through the one door: only the holder of the key reads it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.kernel.clock import now
from tests.gateway.conftest import As
from tests.gateway.test_main_job import LATER, TODAY, change, mutation, step
from tests.gateway.working import tried
from tests.services.referrals.papers import CONTENT
from tests.services.referrals.sealed.envelopes import PATHS, Holder, sealed_for

SENDER, HOLDER, OUTSIDER = "waf-case-manager", "waf-jobcenter-system", "waf-jugendamt-system"
UNIT = "waf-jobcenter"
KEY = "... on UnitKeySuccess { key { unitId kid use revokedAt jwk { kty kid } } }"
KEYS = f'{{ unitKeys(unitId: "{UNIT}", use: ENC) {{ kid revokedAt }} }}'
SUBMIT = mutation(
    "submitSealedReferral",
    "SubmitSealedReferralInput",
    "... on ReferralSuccess { referral { id version state isSealed payloadDigest } }",
)
SEEN = """query($id: ID!) { referral(id: $id) { isSealed content { need { summary } }
  sealedContent { kid jwe digest } disclosures { fields } } }"""


@pytest.fixture(scope="module")
def holder() -> Holder:
    return Holder.with_bits()


async def published(as_: As, persona: str, holder: Holder) -> Any:
    given = {
        "unitId": UNIT,
        "jwk": {name: holder.public[name] for name in ("kty", "n", "e")},
        "validFrom": (now() - timedelta(hours=1)).isoformat(timespec="seconds"),
        "validTo": (now() + timedelta(days=90)).isoformat(timespec="seconds"),
    }
    return await tried(as_(persona), "publishUnitKey", KEY, **given)


def paper(jwe: str) -> dict[str, Any]:
    reference = f"gql-{uuid4().hex[:10]}"
    return {
        "mode": "ZUSTEUERUNG_OUT",
        "serviceCode": "JOB_PLACEMENT",
        "topic": "WORK",
        "purpose": "WORK_AND_TRAINING",
        "language": "tur",
        "subjectReference": reference,
        "recipientUnit": UNIT,
        "place": {"ags": "05570044"},
        "legalGround": {
            "consent": {
                "reference": f"E-{reference}",
                "givenOn": TODAY,
                "validTo": LATER,
                "purpose": "WORK_AND_TRAINING",
                "recipientUnit": UNIT,
                "categories": ["IDENTITY", "LANGUAGES", "NEED"],
            }
        },
        "jwe": jwe,
        "contentFields": PATHS,
        "categories": ["IDENTITY", "LANGUAGES", "NEED"],
    }


async def test_a_sealed_referral_is_readable_by_the_key_holder_alone(
    as_: As, holder: Holder
) -> None:
    key = (await published(as_, HOLDER, holder))["key"]
    assert (key["kid"], key["use"], key["jwk"]["kty"]) == (holder.kid, "ENC", "RSA")
    offered = (await as_(SENDER).data(KEYS))["unitKeys"]
    assert holder.kid in {one["kid"] for one in offered}

    compact = sealed_for(holder)
    answer = await change(as_(SENDER), SUBMIT, **paper(compact))
    assert answer["__typename"] == "ReferralSuccess", answer
    sent = answer["referral"]
    assert (sent["state"], sent["isSealed"]) == ("SUBMITTED", True)
    before = (await as_(HOLDER).data(SEEN, id=sent["id"]))["referral"]
    assert (before["sealedContent"], before["disclosures"]) == (None, [])
    pulled = (await step(as_(HOLDER), "pullReferral", "ReferralStepInput", sent))["referral"]
    await step(as_(HOLDER), "acceptReferral", "AcceptReferralInput", pulled)
    after = (await as_(HOLDER).data(SEEN, id=sent["id"]))["referral"]
    assert (after["content"], after["sealedContent"]["digest"]) == (None, sent["payloadDigest"])
    assert holder.opens(after["sealedContent"]["jwe"]) == CONTENT
    assert [sorted(one["fields"]) for one in after["disclosures"]] == [sorted(PATHS)]
    assert await as_(OUTSIDER).data(SEEN, id=sent["id"]) == {"referral": None}

    given = {"unitId": UNIT, "kid": holder.kid}
    foreign = await tried(as_(OUTSIDER), "revokeUnitKey", "", **given)
    assert foreign["__typename"] in {"ForbiddenError", "NotFoundError"}
    revoked = await tried(as_(HOLDER), "revokeUnitKey", KEY, **given)
    assert revoked["key"]["revokedAt"] is not None
    late = await change(as_(SENDER), SUBMIT, **paper(sealed_for(holder)))
    assert late["__typename"] == "ValidationError"


async def test_only_the_keepers_of_a_unit_publish_its_keys_and_never_a_private_one(
    as_: As, holder: Holder
) -> None:
    before = await as_(HOLDER).data(KEYS)
    for persona in (SENDER, OUTSIDER):
        refused = await published(as_, persona, holder)
        assert refused["__typename"] in {"ForbiddenError", "NotFoundError"}, persona
    weak = await published(as_, HOLDER, Holder.with_bits(2048))
    assert (weak["__typename"], weak["code"]) == ("ValidationError", "key-too-weak")
    private = {"unitId": UNIT, "jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB", "d": "AQAB"}}
    term = {"validFrom": now().isoformat(), "validTo": now().isoformat()}
    query = mutation("publishUnitKey", "PublishUnitKeyInput", "")
    answer = await as_(HOLDER).ask(query, input=private | term)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await as_(HOLDER).data(KEYS) == before
