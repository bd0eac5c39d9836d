"""`graphql-transport-ws` at the door: who comes in, with what, and how it ends."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from joserfc import jwt

from deploy.local.issuer.keys import ALGORITHM, SigningKeys
from tests.engines import Engines
from tests.gateway.conftest import settings_for
from tests.gateway.live.lines import INBOX, Serving, Socket, connected, serving, socket_to

WHO = "{ viewer { unitId } }"
TokenFor = Callable[[str], str]
PERSON = "waf-case-manager"


@pytest.fixture
async def door(issuer: str, nats_url: str) -> AsyncIterator[Serving]:
    """A gateway that listens, with low limits and without services."""
    limits = {"live_init_timeout_s": 0.5, "live_subscriptions_max": 2, "body_bytes_max": 4096}
    settings = settings_for(
        issuer, nats_url=nats_url, cors_origins=("https://kim.example",), **limits
    )
    async with serving(settings) as gateway:
        await connected(gateway)
        yield gateway


@pytest.fixture
async def opened(door: Serving) -> AsyncIterator[Socket]:
    async with socket_to(door.url) as one:
        yield one


@pytest.fixture
async def begun(opened: Socket, token_for: TokenFor) -> Socket:
    return await opened.begin(token_for(PERSON))


async def test_nothing_is_answered_before_the_token(opened: Socket) -> None:
    await opened.send(type="subscribe", id="1", payload={"query": INBOX})
    assert await opened.closed() == 4401


@pytest.mark.parametrize("payload", [None, {}, {"authorization": "Bearer a.b.c"}, {"token": "x"}])
async def test_a_connection_without_a_valid_token_ends(opened: Socket, payload: Any) -> None:
    await opened.send(type="connection_init", payload=payload)
    assert await opened.closed() == 4401


async def test_whoever_does_not_begin_in_time_is_sent_away(opened: Socket) -> None:
    assert await opened.closed() == 4408


async def test_a_connection_begins_once(begun: Socket, token_for: TokenFor) -> None:
    payload = {"authorization": f"Bearer {token_for(PERSON)}"}
    await begun.send(type="connection_init", payload=payload)
    assert await begun.closed() == 4429


async def test_an_id_in_use_ends_the_connection(begun: Socket) -> None:
    await begun.subscribe("1", INBOX)
    await begun.send(type="subscribe", id="1", payload={"query": INBOX})
    assert await begun.closed() == 4409


async def test_an_id_is_free_again_when_the_client_completes(begun: Socket, door: Serving) -> None:
    await begun.subscribe("1", INBOX)
    assert door.app.state.hub.subscribers() == 1
    await begun.send(type="complete", id="1")
    await begun.subscribe("1", INBOX)
    assert await begun.is_silent()
    assert door.app.state.hub.subscribers() == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"type": 1}',
        '{"type": "start"}',
        '{"type": "connection_ack"}',
        '{"type": "subscribe", "payload": {"query": "{a}"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{a}"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{a}"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": "{a}"}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": []}}',
        '{"type": "ping", "payload": ' + "[" * 50 + "]" * 50 + "}",
    ],
)
async def test_what_is_no_message_of_the_protocol_ends_the_connection(
    begun: Socket, text: str
) -> None:
    await begun.raw.send_str(text)
    assert await begun.closed() == 4400


async def test_bytes_are_no_message(begun: Socket) -> None:
    await begun.raw.send_bytes(b'{"type": "ping"}')
    assert await begun.closed() == 4400


async def test_a_message_over_the_limit_is_not_read(begun: Socket) -> None:
    await begun.raw.send_str("x" * 5000)
    assert await begun.closed() == 1009


async def test_another_protocol_is_not_spoken(door: Serving) -> None:
    async with socket_to(door.url, protocols=("graphql-ws",)) as one:
        assert await one.closed() == 4406


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://kim.example.evil.example", "https://[", "x"]
)
async def test_pages_of_other_origins_are_refused(door: Serving, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with socket_to(door.url, headers={"Origin": origin}):
            pass
    assert refused.value.status == 403


async def test_own_pages_and_allowed_ones_come_in(door: Serving) -> None:
    for origin in (door.url, "https://kim.example"):
        async with socket_to(door.url, headers={"Origin": origin}) as one:
            assert await one.is_silent()


async def test_a_ping_is_answered_before_the_token_too(opened: Socket) -> None:
    await opened.send(type="ping")
    assert await opened.next() == {"type": "pong"}
    await opened.send(type="pong")
    assert await opened.is_silent()


async def test_too_many_operations_are_refused_one_by_one(begun: Socket) -> None:
    await begun.subscribe("1", INBOX)
    await begun.subscribe("2", INBOX)
    await begun.send(type="subscribe", id="3", payload={"query": INBOX})
    refused = await begun.next()
    assert (refused["id"], refused["type"]) == ("3", "error")
    assert refused["payload"][0]["extensions"] == {"code": "TOO_MANY_SUBSCRIPTIONS", "limit": 2}
    assert await begun.is_silent()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { referralInbox { event { id } } fundingAlert { event { id } } }", None),
        ("subscription { nothing }", None),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { referralInbox " + "{ referral { case " * 13 + "{ id }", None),
        ("subscription { referralInbox { " + "a: event { id } " * 31 + "} }", "TOO_MANY_ALIASES"),
        ("subscription { referralInbox { " + "event { " + "id " * 999 + "} } }", "TOO_MANY_FIELDS"),
    ],
)
async def test_limits_and_rules_hold_for_subscriptions(
    begun: Socket, query: str, code: str | None
) -> None:
    await begun.send(type="subscribe", id="1", payload={"query": query})
    refused = await begun.next()
    assert (refused["id"], refused["type"]) == ("1", "error")
    found = refused["payload"][0]["extensions"]["code"]
    assert found == code or (code is None and found.startswith("GRAPHQL_")), refused
    await begun.subscribe("1", INBOX)


async def test_a_query_is_answered_once_and_completed(begun: Socket) -> None:
    await begun.send(type="subscribe", id="q", payload={"query": WHO})
    answer = await begun.next()
    assert answer["payload"]["data"] == {"viewer": {"unitId": "waf-cm"}}
    assert await begun.next() == {"id": "q", "type": "complete"}


async def test_the_language_comes_with_the_token(opened: Socket, token_for: TokenFor) -> None:
    await opened.begin(token_for(PERSON), **{"accept-language": "de"})
    await opened.subscribe("1", INBOX)
    await opened.subscribe("2", INBOX)
    await opened.send(type="subscribe", id="3", payload={"query": INBOX})
    refused = await opened.next()
    assert refused["payload"][0]["message"] == (
        "Auf dieser Verbindung sind zu viele Abonnements offen."
    )


async def test_opening_counts_as_a_request(issuer: str, token_for: TokenFor) -> None:
    async with (
        serving(settings_for(issuer, person_requests_per_minute=2)) as gateway,
        socket_to(gateway.url) as one,
    ):
        await one.begin(token_for(PERSON))
        for id_, kind in (("1", "next"), ("2", "error")):
            await one.send(type="subscribe", id=id_, payload={"query": WHO})
            answer = await one.next()
            assert (answer["id"], answer["type"]) == (id_, kind)
            if kind == "next":
                await one.next()
        assert answer["payload"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_a_caller_has_so_many_connections_and_others_still_come_in(
    issuer: str, token_for: TokenFor
) -> None:
    async with (
        serving(settings_for(issuer, live_connections_per_caller_max=1)) as gateway,
        socket_to(gateway.url) as first,
    ):
        await first.begin(token_for(PERSON))
        async with socket_to(gateway.url) as second, socket_to(gateway.url) as third:
            payload = {"authorization": f"Bearer {token_for(PERSON)}"}
            await second.send(type="connection_init", payload=payload)
            assert await second.closed() == 1013
            await third.begin(token_for("waf-team-lead"))


async def test_what_the_client_leaves_is_forgotten(door: Serving, token_for: TokenFor) -> None:
    async with socket_to(door.url) as one:
        await (await one.begin(token_for(PERSON))).subscribe("1", INBOX)
        assert door.app.state.hub.subscribers() == 1
    async with socket_to(door.url) as other:
        await other.is_silent()
        assert door.app.state.hub.subscribers() == 0


async def expiring(engines: Engines, token: str, seconds: int) -> str:
    """The same token, as the issuer signs it, for some seconds."""
    keys = SigningKeys(engines.issuer_state_dir() / "signing-keys.json")
    key = keys.signing_key()
    found = jwt.decode(token, keys.key_set(), algorithms=[ALGORITHM])
    now_s = int(time.time())
    claims = {**found.claims, "iat": now_s, "exp": now_s + seconds}
    return jwt.encode(found.header, claims, key, algorithms=[ALGORITHM])


async def test_a_connection_ends_with_its_token(
    opened: Socket, real_engines: Engines, token_for: TokenFor
) -> None:
    token = await expiring(real_engines, token_for(PERSON), 2)
    await (await opened.begin(token)).subscribe("1", INBOX)
    began_s = time.monotonic()
    assert await opened.closed() == 4403
    assert time.monotonic() - began_s < 10


async def test_a_newer_token_of_the_same_caller_keeps_it_open(
    opened: Socket, real_engines: Engines, token_for: TokenFor
) -> None:
    await opened.begin(await expiring(real_engines, token_for(PERSON), 2))
    await opened.subscribe("1", INBOX)
    await opened.send(type="ping", payload={"authorization": f"Bearer {token_for(PERSON)}"})
    assert await opened.next() == {"type": "pong"}
    with pytest.raises(TimeoutError):
        await opened.next(wait_s=4)


@pytest.mark.parametrize(("persona", "code"), [("waf-team-lead", 4403), (None, 4401)])
async def test_nobody_elses_token_takes_its_place(
    begun: Socket, token_for: TokenFor, persona: str | None, code: int
) -> None:
    token = token_for(persona) if persona else "a.b.c"
    await begun.send(type="ping", payload={"authorization": f"Bearer {token}"})
    assert await begun.closed() == code
