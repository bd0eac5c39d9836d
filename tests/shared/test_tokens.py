import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from shared.auth import keys as key_store
from shared.auth.errors import KeysUnavailable, TokenRefused, UnitMissing
from shared.auth.issuers import ClaimNames, TrustedIssuer
from shared.auth.tokens import TokenVerifier
from tests.shared.key_server import Issuer, segment


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with Issuer().serving() as one:
        yield one


@pytest.fixture
async def verifier(issuer: Issuer) -> AsyncIterator[TokenVerifier]:
    async with aiohttp.ClientSession() as http:
        yield TokenVerifier([TrustedIssuer(issuer=issuer.url, audience="kim", **ANY)], http)


async def test_a_good_token_speaks_for_its_person_and_unit(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    caller = await verifier.verify(issuer.token())
    assert (caller.tenant_id, caller.unit_id, caller.unit_type) == ("05570", "waf-cm", "CM_TEAM")
    assert caller.actor == f"{issuer.url}|anna"
    assert caller.roles == {"case_manager"}


ANY: dict[str, Any] = {"units": ("*",), "tenants": ("*",)}
REFUSED_CLAIMS: list[dict[str, Any]] = [
    {"aud": ...},
    {"aud": "other"},
    {"aud": ["other"]},
    {"aud": None},
    {"iss": "http://elsewhere"},
    {"iss": ...},
    {"sub": ...},
    {"sub": ""},
    {"sub": 5},
    {"sub": "a\u0000b"},
    {"exp": ...},
    {"exp": None},
    {"exp": "9999999999"},
    {"exp": True},
    {"exp": 1},
    {"exp": 10**18},
    {"iat": ...},
    {"iat": "now"},
    {"iat": int(time.time()) + 3600},
    {"nbf": int(time.time()) + 3600},
    {"nonce": "n"},
    {"at_hash": "h"},
    {"typ": "Refresh"},
    {"typ": "ID"},
    {"roles": "case_manager"},
    {"roles": [5]},
]


@pytest.mark.parametrize("changes", REFUSED_CLAIMS, ids=lambda changes: next(iter(changes)))
async def test_a_token_with_a_wrong_or_missing_claim_is_refused(
    issuer: Issuer, verifier: TokenVerifier, changes: dict[str, Any]
) -> None:
    with pytest.raises(TokenRefused):
        await verifier.verify(issuer.token(**changes))


@pytest.mark.parametrize(
    "headers",
    [
        {"typ": "JWE"},
        {"typ": 5},
        {"kid": "other"},
        {"kid": 5},
        {"kid": "../../etc/passwd\n"},
        {"crit": ["b64"], "b64": False},
        {"jku": "http://127.0.0.1/keys"},
        {"x5u": "http://127.0.0.1/keys"},
        {"jwk": {"kty": "EC"}},
    ],
    ids=str,
)
async def test_a_token_with_an_odd_header_is_refused(
    issuer: Issuer, verifier: TokenVerifier, headers: dict[str, Any]
) -> None:
    with pytest.raises(TokenRefused):
        await verifier.verify(issuer.token(headers))


HEADER = b'{"alg":"ES256","kid":"k1","typ":"at+jwt"}'


async def test_duplicate_members_are_refused(issuer: Issuer, verifier: TokenVerifier) -> None:
    payload = json.dumps(issuer.claims()).encode()
    doubled = payload[:-1] + b', "tenant": "05566"}'
    for header, body in ((HEADER, doubled), (HEADER[:-1] + b',"alg":"none"}', payload)):
        with pytest.raises(TokenRefused):
            await verifier.verify(issuer.sign_raw(header, body))
    assert (await verifier.verify(issuer.sign_raw(HEADER, payload))).tenant_id == "05570"


@pytest.mark.parametrize(
    "payload", [b"[]", b"5", b"", b'{"exp": 1e400}', b'{"a":' * 500 + b"1" + b"}" * 500, b"\xff"]
)
async def test_a_payload_that_is_no_plain_object_is_refused(
    issuer: Issuer, verifier: TokenVerifier, payload: bytes
) -> None:
    with pytest.raises(TokenRefused):
        await verifier.verify(issuer.sign_raw(HEADER, payload))


async def test_unsigned_and_symmetric_tokens_are_refused(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    payload = segment(json.dumps(issuer.claims()).encode())
    none = segment(b'{"alg":"none","kid":"k1"}') + b"." + payload + b"."
    head = segment(b'{"alg":"HS256","kid":"k1"}') + b"." + payload
    public = json.dumps(issuer.keys[0]).encode()
    forged = head + b"." + segment(hmac.new(public, head, hashlib.sha256).digest())
    for token in (none, none + b"AA", forged):
        with pytest.raises(TokenRefused):
            await verifier.verify(token.decode())


async def test_a_changed_token_is_refused(issuer: Issuer, verifier: TokenVerifier) -> None:
    header, payload, signature = issuer.token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = segment(json.dumps(claims | {"tenant": "05566"}).encode()).decode()
    for token in (
        f"{header}.{other}.{signature}",
        f"{header}.{payload}.{signature[:-4]}AAAA",
        f"{header}.{payload}.{signature}=",
        f"{header}.{payload}",
        f"{header}.{payload}.{signature}.x",
        f" {header}.{payload}.{signature}",
        f"{header}.{payload}.{signature}\n",
        "x" * 9000,
        "ü.ü.ü",
        "\ud800",
        "",
    ):
        with pytest.raises(TokenRefused):
            await verifier.verify(token)


@pytest.mark.parametrize(
    "changes",
    [
        {"org_unit": ...},
        {"org_unit": ["waf-cm"]},
        {"org_unit": "Waf CM"},
        {"org_unit": "waf-cm\n"},
        {"tenant": ...},
        {"tenant": 5570},
        {"tenant": "*"},
        {"org_unit_type": ...},
    ],
    ids=str,
)
async def test_without_one_unit_and_one_tenant_nobody_enters(
    issuer: Issuer, verifier: TokenVerifier, changes: dict[str, Any]
) -> None:
    with pytest.raises(UnitMissing):
        await verifier.verify(issuer.token(**changes))


async def test_f30_a_providers_issuer_cannot_assert_a_unit_of_the_kreis(issuer: Issuer) -> None:
    provider = TrustedIssuer(
        issuer=issuer.url, audience="kim", units=("rheine-caritas",), tenants=("*",)
    )
    async with aiohttp.ClientSession() as http:
        verifier = TokenVerifier([provider], http)
        with pytest.raises(UnitMissing) as refused:
            await verifier.verify(issuer.token(org_unit="waf-ki"))
        assert refused.value.status == 403
        caller = await verifier.verify(issuer.token(org_unit="rheine-caritas"))
    assert caller.unit_id == "rheine-caritas"


async def test_claims_may_have_other_names(issuer: Issuer) -> None:
    entra = ClaimNames(tenant="kreis", org_unit="abteilung", roles="groups")
    trusted = TrustedIssuer(issuer=issuer.url, audience="kim", claims=entra, **ANY)
    token = issuer.token(tenant=..., org_unit=..., roles=..., kreis="05566", abteilung="st-ki",
                         groups=["coordinator"])  # fmt: skip
    async with aiohttp.ClientSession() as http:
        caller = await TokenVerifier([trusted], http).verify(token)
    assert (caller.tenant_id, caller.unit_id, caller.roles) == ("05566", "st-ki", {"coordinator"})


async def test_a_verified_token_is_remembered_until_it_expires(
    issuer: Issuer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token()
    first = await verifier.verify(token)
    assert await verifier.verify(token) is first
    later_s = time.time() + 700
    monkeypatch.setattr(time, "time", lambda: later_s)
    with pytest.raises(TokenRefused):
        await verifier.verify(token)


async def test_a_new_key_works_and_unknown_keys_ask_only_once_in_a_while(
    issuer: Issuer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(issuer.token())
    for number in range(20):
        with pytest.raises(TokenRefused):
            await verifier.verify(issuer.token({"kid": f"unknown-{number}"}))
    assert issuer.asked == 1
    issuer.private = issuer.add_key("k2")
    monkeypatch.setattr(key_store, "COOL_DOWN_S", 0.0)
    assert (await verifier.verify(issuer.token({"kid": "k2"}))).subject == "anna"
    assert issuer.asked == 2


async def test_known_keys_stay_in_force_when_the_issuer_is_broken(
    issuer: Issuer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(issuer.token())
    issuer.is_broken = True
    monkeypatch.setattr(key_store, "COOL_DOWN_S", 0.0)
    with pytest.raises(TokenRefused):
        await verifier.verify(issuer.token({"kid": "k2"}))
    assert (await verifier.verify(issuer.token(sub="berta"))).subject == "berta"


async def test_without_any_keys_the_answer_is_unavailable_not_refused(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    issuer.is_broken = True
    with pytest.raises(KeysUnavailable) as unavailable:
        await verifier.verify(issuer.token())
    assert unavailable.value.status == 503
