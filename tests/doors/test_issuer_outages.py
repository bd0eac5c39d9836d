"""What an issuer that is down, slow or changes its keys means at every door."""

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from shared.auth import keys as key_store
from tests.doors.conftest import DOORS, app_of, served
from tests.doors.forge import Forge
from tests.engines import ServiceDatabase
from tests.shared.key_server import Issuer
from tests.waiting import until

ASKED_AT_ONCE = 30


class Doorstep:
    """A program that has not seen a token yet, and the issuer it trusts."""

    def __init__(self, name: str, forge: Forge, client: httpx.AsyncClient) -> None:
        self.method, self.path = DOORS[name]
        self.forge = forge
        self.client = client

    async def status(self, token: str) -> int:
        body = {"query": "{ viewer { unitId } }"} if self.method == "POST" else None
        bearer = {"Authorization": f"Bearer {token}"}
        answer = await self.client.request(self.method, self.path, headers=bearer, json=body)
        if answer.status_code == 503:
            assert int(answer.headers["retry-after"]) > 0
        return answer.status_code


@pytest.fixture(params=DOORS)
async def doorstep(
    request: pytest.FixtureRequest, database: Callable[[str], ServiceDatabase]
) -> AsyncIterator[Doorstep]:
    home, provider, attacker = Issuer(), Issuer(), Issuer()
    async with home.serving(), provider.serving(), attacker.serving():
        forge = Forge(home, provider, attacker)
        async with (
            served(app_of(request.param, forge, database)) as address,
            httpx.AsyncClient(base_url=address, timeout=30) as client,
        ):
            yield Doorstep(request.param, forge, client)
            home.may_answer.set()


async def test_f1_while_the_issuer_hangs_known_keys_serve_and_unknown_ones_are_refused(
    doorstep: Doorstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = doorstep.forge
    assert await doorstep.status(forge.token()) == 200
    monkeypatch.setattr(key_store, "COOL_DOWN_S", 0.0)
    forge.home.may_answer.clear()
    asked_before = forge.home.asked

    unknown = [forge.with_header(kid=f"k-{number}") for number in range(ASKED_AT_ONCE)]
    refused = asyncio.gather(*(doorstep.status(token) for token in unknown))
    good = await asyncio.gather(
        *(doorstep.status(forge.with_claims(sub=f"person-{n}")) for n in range(ASKED_AT_ONCE))
    )
    assert set(good) == {200}
    assert set(await refused) == {401}
    # All of them were answered while the one question to the issuer still waited.
    assert not forge.home.may_answer.is_set()
    assert forge.home.asked == asked_before + 1


async def test_f1_whoever_invents_key_ids_does_not_make_us_flood_the_issuer(
    doorstep: Doorstep,
) -> None:
    forge = doorstep.forge
    assert await doorstep.status(forge.token()) == 200
    answers = await asyncio.gather(
        *(doorstep.status(forge.with_header(kid=f"k-{number}")) for number in range(ASKED_AT_ONCE))
    )
    assert set(answers) == {401}
    assert forge.home.asked == 1


async def test_f1_a_new_key_works_and_a_withdrawn_one_ends_without_a_restart(
    doorstep: Doorstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = doorstep.forge
    old = forge.token()
    assert await doorstep.status(old) == 200
    forge.home.private = forge.home.add_key("k9")
    monkeypatch.setattr(key_store, "COOL_DOWN_S", 0.0)
    assert await doorstep.status(forge.home.token({"kid": "k9"}, roles=ROLES)) == 200
    assert await doorstep.status(old) == 200

    forge.home.keys[:] = [key for key in forge.home.keys if key["kid"] != "k1"]
    monkeypatch.setattr(key_store, "FRESH_S", 0.0)

    # The first question after that begins the refresh; the answer to one of the next is no.
    async def is_over() -> bool:
        return await doorstep.status(old) == 401

    await until(is_over)
    assert await doorstep.status(forge.token()) == 401
    assert await doorstep.status(forge.home.token({"kid": "k9"}, roles=ROLES)) == 200


async def test_f1_a_broken_answer_of_the_issuer_takes_no_key_away(
    doorstep: Doorstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = doorstep.forge
    assert await doorstep.status(forge.token()) == 200
    forge.home.is_broken = True
    monkeypatch.setattr(key_store, "COOL_DOWN_S", 0.0)
    assert await doorstep.status(forge.with_header(kid="unheard")) == 401
    assert await doorstep.status(forge.with_claims(sub="berta")) == 200


async def test_f1_before_there_was_any_key_the_answer_is_later_not_no(
    doorstep: Doorstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = doorstep.forge
    forge.home.is_broken = True
    assert await doorstep.status(forge.token()) == 503
    forge.home.is_broken = False
    monkeypatch.setattr(key_store, "COOL_DOWN_S", 0.0)
    assert await doorstep.status(forge.token()) == 200


ROLES = ["case_manager", "coordinator", "funding_officer"]
