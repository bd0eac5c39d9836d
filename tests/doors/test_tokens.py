"""RFC 8725 at every door: each hostile token at each program, over real HTTP."""

import pytest
from cryptography.hazmat.primitives import hashes

from tests.doors.conftest import Door
from tests.doors.forge import HEADER, MARK, Forge, es, rs
from tests.doors.hostile import HOSTILE, OUT_OF_BOUNDS, Make

CHALLENGE = 'Bearer realm="kim", error="invalid_token"'
GOOD: dict[str, Make] = {
    "ES256": lambda forge: forge.token(),
    "ES384": lambda f: f.token(
        HEADER | {"alg": "ES384", "kid": "p384"}, sign=es(f.p384, hashes.SHA384())
    ),
    "RS256": lambda f: f.token(
        HEADER | {"alg": "RS256", "kid": "rsa"}, sign=rs(f.rsa, hashes.SHA256())
    ),
    "typ JWT": lambda forge: forge.with_header(typ="JWT"),
    "typ in full": lambda forge: forge.with_header(typ="application/at+jwt"),
    "no typ": lambda forge: forge.with_header(typ=...),
    "for several": lambda forge: forge.with_claims(aud=["account", "kim"]),
    "of a machine": lambda forge: forge.with_claims(azp="waf-system", client_id="waf-system"),
    "of a clock that is ahead": lambda f: f.with_claims(iat=f.claims()["iat"] + 30),
    "of the provider": lambda f: f.provider.token(
        org_unit="rheine-caritas", roles=["case_manager", "coordinator", "funding_officer"]
    ),
}


def test_there_are_enough_attacks() -> None:
    assert len(HOSTILE) >= 120
    assert len(OUT_OF_BOUNDS) >= 10


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_token_passes(door: Door, forge: Forge, name: str) -> None:
    answer = await door.ask(GOOD[name](forge))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_token_is_refused_and_leaves_no_trace(
    door: Door, forge: Forge, name: str
) -> None:
    token = HOSTILE[name](forge)
    written_before = door.log.tell()
    answer = await door.ask(token)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == CHALLENGE
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == _refusal(answer.json()["requestId"], answer.request.url.path)
    written = door.log.getvalue()[written_before:]
    assert '"status": 401' in written
    assert MARK not in written
    for part in token.split("."):
        assert len(part) < 8 or part not in written


@pytest.mark.parametrize("name", OUT_OF_BOUNDS)
async def test_f30_a_token_out_of_its_issuers_bounds_is_forbidden(
    door: Door, forge: Forge, name: str
) -> None:
    written_before = door.log.tell()
    answer = await door.ask(OUT_OF_BOUNDS[name](forge))
    assert (answer.status_code, answer.json()["code"]) == (403, "unit-missing")
    assert MARK not in door.log.getvalue()[written_before:]


async def test_no_token_made_anybody_ask_the_attackers_server(door: Door, forge: Forge) -> None:
    for name in ("header: a key's address", "header: a certificate's address",
                 "header: kid an address", "claims: iss of the attacker"):  # fmt: skip
        assert (await door.ask(HOSTILE[name](forge))).status_code == 401
    assert forge.attacker.asked == 0


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Authorization", "")],
        [("Authorization", "Bearer")],
        [("Authorization", "Basic {token}")],
        [("Authorization", "{token}")],
        [("Authorization", "Bearer {token}, Bearer {token}")],
        [("Authorization", "Bearer {token}"), ("Authorization", "Bearer {token}")],
        [("Authorization", "Bearer {token}"), ("Authorization", "Basic abc")],
        [("Cookie", "access_token={token}")],
        [("X-Authorization", "Bearer {token}"), ("X-Forwarded-User", "admin")],
    ],
    ids=str,
)
async def test_a_good_token_in_the_wrong_place_is_none(
    door: Door, forge: Forge, headers: list[tuple[str, str]]
) -> None:
    token = forge.token()
    answer = await door.ask_with([(name, value.format(token=token)) for name, value in headers])
    assert answer.status_code == 401
    in_query = await door.ask_with([], f"?access_token={token}")
    assert in_query.status_code == 401
    assert token not in door.log.getvalue()


def _refusal(request_id: str, path: str) -> dict[str, object]:
    """The very same for every reason: nobody learns how near a forgery came."""
    text = "A valid access token is missing."
    return {
        "type": "urn:kim:problem:token-refused",
        "title": text,
        "status": 401,
        "detail": text,
        "instance": path,
        "code": "token-refused",
        "requestId": request_id,
    }
