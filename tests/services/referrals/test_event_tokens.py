"""Event tokens: signed proof of what happened, verified with nothing but the published key."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from pydantic import SecretStr, ValidationError

from services.referrals.main import create_app
from services.referrals.settings import Settings
from shared.auth.signing import EventSigner
from shared.service.feed import FeedEventView
from tests.apis import running
from tests.documented import documented
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import NAME, referral
from tests.services.referrals.signing_keys import private_pem
from tests.services.referrals.test_contract import holds

OTHER = RSAKey.generate_key(2048)


@pytest.fixture(scope="module")
async def signing(settings: Settings, pem: str) -> AsyncIterator[httpx.AsyncClient]:
    more = {"signing_key": SecretStr(pem)}
    async with running(create_app(settings.model_copy(update=more))) as client:
        yield client


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verified(token: str, key_set: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims; checked with the primitives alone. Raises InvalidSignature."""
    head, claims, signature = token.split(".")
    header = json.loads(decoded(head))
    jwk = next(one for one in key_set["keys"] if one["kid"] == header["kid"])
    n, e = (int.from_bytes(decoded(jwk[name]), "big") for name in ("n", "e"))
    rsa.RSAPublicNumbers(e, n).public_key().verify(
        decoded(signature),
        f"{head}.{claims}".encode(),
        padding.PSS(padding.MGF1(hashes.SHA512()), hashes.SHA512.digest_size),
        hashes.SHA512(),
    )
    return header, json.loads(decoded(claims))


async def test_event_tokens_verify_with_the_published_key(
    signing: httpx.AsyncClient, directory: None, token_for: Callable[[str], str], subject: str
) -> None:
    jobcenter = Desk(signing, token_for("waf-jobcenter-system"))
    case_manager = Desk(signing, token_for("waf-case-manager"))
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    published = await signing.get("/.well-known/jwks.json")  # without a token
    assert published.headers["cache-control"] == "public, max-age=300"
    key_set = published.json()
    assert [sorted(one) for one in key_set["keys"]] == [["alg", "e", "kid", "kty", "n", "use"]]
    for desk in (jobcenter, case_manager):
        answer = await desk.get(f"/v1/referrals/{sent['id']}/event-tokens")
        assert answer.status_code == 200, answer.text
        assert NAME not in answer.text
        feed = (await desk.get(f"/v1/events?subject={sent['id']}")).json()["items"]
        items = answer.json()["items"]
        assert [one["id"] for one in items] == [one["id"] for one in feed]
        for item, event in zip(items, feed, strict=True):
            header, claims = verified(item["token"], key_set)
            assert (header["alg"], header["typ"]) == ("PS512", "secevent+jwt")
            assert claims == {
                "iss": "urn:kim:referrals",
                "iat": int(datetime.fromisoformat(event["time"]).timestamp()),
                "jti": event["id"],
                "sub": f"submission:{sent['id']}",
                "txn": f"case:{sent['id']}",
                "events": {f"urn:kim:event:{event['type']}": event["data"]},
            }
    assert [one["type"].split(".")[2] for one in items] == [
        "referral-submitted",
        "referral-delivered",
        "referral-accepted",
    ]
    head, _, signature = items[0]["token"].split(".")
    other = items[1]["token"].split(".")[1]
    with pytest.raises(InvalidSignature):
        verified(f"{head}.{other}.{signature}", key_set)


async def test_a_stranger_gets_no_event_token(
    signing: httpx.AsyncClient, directory: None, token_for: Callable[[str], str], subject: str
) -> None:
    jobcenter = Desk(signing, token_for("waf-jobcenter-system"))
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    for persona, status in (("rheine-caritas-case-manager", 404), ("waf-funding-officer", 403)):
        stranger = Desk(signing, token_for(persona))
        answer = await stranger.get(f"/v1/referrals/{sent['id']}/event-tokens")
        assert answer.status_code == status


async def test_one_event_is_a_token_when_it_is_asked_for_as_jose(
    signing: httpx.AsyncClient, directory: None, token_for: Callable[[str], str], subject: str
) -> None:
    jobcenter = Desk(signing, token_for("waf-jobcenter-system"))
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    listed = (await jobcenter.get(f"/v1/referrals/{sent['id']}/event-tokens")).json()["items"]
    (feed,) = (await jobcenter.get(f"/v1/events?subject={sent['id']}")).json()["items"]
    path = f"/v1/events/{feed['id']}"
    for accept in ("*/*", "application/json", "application/jose;q=0", "application/jose; q=0.0"):
        told = await jobcenter.get(path, Accept=accept)
        assert (told.json(), told.headers["vary"]) == (feed, "Accept")
    holds(FeedEventView, feed)
    for accept in ("application/jose", "text/html, Application/JOSE;q=0.5"):
        signed = await jobcenter.get(path, Accept=accept)
        assert signed.headers["content-type"] == "application/jose"
        key_set = (await signing.get("/.well-known/jwks.json")).json()
        header, claims = verified(signed.text, key_set)
        assert (header["alg"], claims["jti"]) == ("PS512", feed["id"])
        assert claims == verified(listed[0]["token"], key_set)[1]
        event_in = documented("verify-event")["event_in"]
        assert event_in(signed.text, key_set) == claims
        with pytest.raises(JoseError):
            event_in(signed.text, {"keys": [dict(OTHER.as_dict(private=False))]})
    for persona, status in (
        ("waf-jugendamt-system", 404),
        ("st-jobcenter-system", 404),
        ("waf-dpo", 403),
    ):
        stranger = Desk(signing, token_for(persona))
        for accept in ("application/jose", "application/json"):
            assert (await stranger.get(path, Accept=accept)).status_code == status
    for other in (sent["id"], "01a2013f-1b03-7324-ad6f-0024d258d046"):
        assert (await jobcenter.get(f"/v1/events/{other}")).status_code == 404


async def test_without_a_key_nothing_is_signed(jobcenter: Desk, subject: str) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    refused = await jobcenter.get(f"/v1/referrals/{sent['id']}/event-tokens")
    assert (refused.status_code, refused.json()["code"]) == (409, "event-tokens-are-off")
    (feed,) = (await jobcenter.get(f"/v1/events?subject={sent['id']}")).json()["items"]
    single = await jobcenter.get(f"/v1/events/{feed['id']}", Accept="application/jose")
    assert (single.status_code, single.json()["code"]) == (409, "event-tokens-are-off")
    assert (await jobcenter.get(f"/v1/events/{feed['id']}")).json() == feed
    assert (await jobcenter.client.get("/.well-known/jwks.json")).json() == {"keys": []}


def test_an_older_key_stays_published_while_the_first_signs(pem: str) -> None:
    former, present = EventSigner(pem), EventSigner(private_pem(4096) + pem)
    key_set = present.published()
    assert len(key_set["keys"]) == 2
    assert verified(former.signed({"a": 1}), key_set)[1] == {"a": 1}
    assert verified(present.signed({"a": 2}), key_set)[0]["kid"] == key_set["keys"][0]["kid"]


@pytest.mark.parametrize("kind", ["weak", "public", "none"])
def test_a_service_does_not_start_with_a_weak_signing_key(kind: str, pem: str) -> None:
    public = serialization.load_pem_private_key(pem.encode(), None).public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    given = {"weak": private_pem(2048), "public": public.decode(), "none": "not a key"}[kind]
    with pytest.raises((ValidationError, ValueError)):
        create_app(Settings(signing_key=SecretStr(given)))
