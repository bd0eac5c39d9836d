"""Event streams: when they are spoken, what they say, and how they end."""

import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from gateway.main import GRACE_S
from tests.engines import Engines
from tests.gateway.conftest import settings_for
from tests.gateway.live.lines import INBOX, Serving, connected, serving, socket_to, stream_of
from tests.gateway.live.test_protocol import PERSON, WHO, expiring

TokenFor = Callable[[str], str]
# What urql asks for by default: it takes a stream, but means JSON.
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json,"
    " text/event-stream, multipart/mixed"
)


@pytest.fixture
async def door(issuer: str, nats_url: str) -> AsyncIterator[Serving]:
    async with serving(settings_for(issuer, nats_url=nats_url)) as gateway:
        await connected(gateway)
        yield gateway


@pytest.mark.parametrize("accept", [URQL, "application/json", "*/*", "text/event-stream, */*"])
async def test_who_takes_json_gets_json(door: Serving, token_for: TokenFor, accept: str) -> None:
    async with stream_of(door.url, token_for(PERSON), INBOX, Accept=accept) as one:
        assert "json" in one.answer.headers["Content-Type"]
        document = await one.answer.json(content_type=None)
    assert document["errors"][0]["extensions"]["code"] == "SUBSCRIPTION_NEEDS_STREAM"


@pytest.mark.parametrize("accept", ["text/event-stream", "text/event-stream, application/json;q=0"])
async def test_a_query_is_one_event_and_the_end(
    door: Serving, token_for: TokenFor, accept: str
) -> None:
    async with stream_of(door.url, token_for(PERSON), WHO, Accept=accept) as one:
        assert one.answer.headers["Cache-Control"] == "no-store"
        name, document = await one.next()
        assert (name, document["data"]) == ("next", {"viewer": {"unitId": "waf-cm"}})
        assert await one.next() == ("complete", None)
        assert await one.answer.content.read() == b""


@pytest.mark.parametrize(
    "query",
    [
        "subscription { nothing }",
        "subscription { referralInbox { event { id } } fundingAlert { event { id } } }",
        "subscription {",
    ],
)
async def test_a_refused_operation_is_said_and_ends(
    door: Serving, token_for: TokenFor, query: str
) -> None:
    async with stream_of(door.url, token_for(PERSON), query) as one:
        name, document = await one.next()
        assert name == "next"
        assert document["errors"][0]["extensions"]["code"].startswith("GRAPHQL_")
        assert await one.next() == ("complete", None)


async def test_without_a_token_no_stream_begins(door: Serving) -> None:
    async with stream_of(door.url, "a.b.c", INBOX) as one:
        assert one.answer.status == 401


async def test_a_stream_may_be_asked_for_by_get_and_a_change_may_not(
    door: Serving, token_for: TokenFor
) -> None:
    headers = {"Authorization": f"Bearer {token_for(PERSON)}", "Accept": "text/event-stream"}
    change = 'mutation { markCaseSeen(input: {caseId: "x", expectedVersion: 1}) { __typename } }'
    async with aiohttp.ClientSession(headers=headers) as http:
        async with http.get(f"{door.url}/graphql", params={"query": INBOX}) as answer:
            assert await answer.content.readline() == b":\n"
            assert door.app.state.hub.subscribers() == 1
        async with http.get(f"{door.url}/graphql", params={"query": change}) as answer:
            assert b"METHOD_NOT_ALLOWED" in await answer.read()


async def test_a_stream_ends_with_its_token(
    door: Serving, real_engines: Engines, token_for: TokenFor
) -> None:
    token = await expiring(real_engines, token_for(PERSON), 2)
    async with stream_of(door.url, token, INBOX, **{"Accept-Language": "de"}) as one:
        name, document = await one.next()
        assert name == "next"
        assert document["errors"][0]["extensions"]["code"] == "TOKEN_EXPIRED"
        assert document["errors"][0]["message"].startswith("Das Zugriffstoken ist abgelaufen")
        assert await one.next() == ("complete", None)
        assert await one.answer.content.read() == b""
    assert door.app.state.hub.subscribers() == 0


async def test_a_stream_ends_at_once_when_the_gateway_stops(
    issuer: str, nats_url: str, token_for: TokenFor
) -> None:
    async with AsyncExitStack() as stack:
        gateway = await stack.enter_async_context(serving(settings_for(issuer, nats_url=nats_url)))
        await connected(gateway)
        one = await stack.enter_async_context(stream_of(gateway.url, token_for(PERSON), INBOX))
        other = await stack.enter_async_context(socket_to(gateway.url))
        await other.begin(token_for(PERSON))
        assert await one.answer.content.readline() == b":\n"
        gateway.server.should_exit = True
        asked = time.monotonic()

        rest = await one.answer.content.read()

        # No `complete`: the client has not heard all, and connects again.
        assert rest.strip() == b""
        assert await other.closed() in {1006, 1012}
        await gateway.stopped
        assert time.monotonic() - asked < GRACE_S / 2


@pytest.mark.parametrize("named", ["", "sha256:" + "0" * 64])
async def test_by_setting_only_trusted_documents_are_subscribed_to(
    issuer: str, nats_url: str, token_for: TokenFor, tmp_path: Path, named: str
) -> None:
    """`named` nothing: the text is sent, though the manifest has the same document."""
    digest = hashlib.sha256(INBOX.encode()).hexdigest()
    manifest = tmp_path / "trusted.json"
    manifest.write_text(json.dumps({digest: INBOX}), encoding="utf-8")
    strict = {"trusted_documents": manifest, "trusted_documents_only": True}
    refused, code = (
        ({"documentId": named}, "DOCUMENT_UNKNOWN")
        if named
        else ({"query": INBOX}, "DOCUMENT_NOT_TRUSTED")
    )
    trusted = {"documentId": f"sha256:{digest}"}
    async with (
        serving(settings_for(issuer, nats_url=nats_url, **strict)) as gateway,
        socket_to(gateway.url) as socket,
    ):
        await connected(gateway)
        await socket.begin(token_for(PERSON))
        await socket.send(type="subscribe", id="1", payload=refused)
        error = await socket.next()
        assert (error["type"], error["payload"][0]["extensions"]["code"]) == ("error", code)
        assert gateway.app.state.hub.subscribers() == 0
        await socket.send(type="subscribe", id="2", payload=trusted)
        await socket.send(type="ping")
        assert await socket.next() == {"type": "pong"}
        assert gateway.app.state.hub.subscribers() == 1
        async with stream_of(gateway.url, token_for(PERSON), refused) as one:
            _, document = await one.next()
            assert document["errors"][0]["extensions"]["code"] == code
        async with stream_of(gateway.url, token_for(PERSON), trusted) as one:
            assert await one.answer.content.readline() == b":\n"
            assert gateway.app.state.hub.subscribers() == 2


async def test_streams_over_the_limit_are_sent_away_for_a_while(
    issuer: str, token_for: TokenFor
) -> None:
    async with serving(settings_for(issuer, live_connections_max=1)) as gateway:
        hub, token = gateway.app.state.hub, token_for(PERSON)
        caller = await gateway.app.state.verifier.verify(token)
        with hub.connection(caller, "websocket"):
            async with stream_of(gateway.url, token, WHO) as one:
                assert one.answer.status == 503
                assert (await one.answer.json(content_type=None))["code"] == "too-many-listeners"
        async with stream_of(gateway.url, token, WHO) as one:
            assert (await one.next())[0] == "next"
