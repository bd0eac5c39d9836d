"""The clients that frontends use speak with the gateway, unchanged."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from deploy.local.demo.papers import paper
from deploy.local.demo.story_referral import consent_ground, referral_body
from tests.outside.node import HERE, NODE, SCHEMA, TIMEOUT_S, answer_of, environment, installed

SENDER, RECIPIENT = "st-jobcenter-system", "rheine-caritas-case-manager"


async def refer(people: Client) -> Any:
    # Letters first: bare digits and one letter may be a customer number by chance.
    reference = f"ref-{uuid4().hex[:10]}"
    street = paper("rheine_areas")["areas"][0]["streets_from_paper"][0]
    body = referral_body(reference, f"{street} 140") | {
        "legalGround": consent_ground(reference, "rheine-caritas"),
        "submit": True,
    }
    return await people.create(SENDER, "referrals", "/v1/referrals", body, key=reference)


async def test_e21_a_client_of_graphql_ws_hears_of_a_referral(people: Client) -> None:
    installed()
    address = people.settings.gateway_url.replace("http", "ws", 1)
    token = await people.token(RECIPIENT)
    process = await asyncio.create_subprocess_exec(
        NODE,
        "listen.mjs",
        cwd=HERE,
        env=environment(KIM_URL=f"{address}/graphql", KIM_TOKEN=token),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(TIMEOUT_S):
        assert "referralInbox" in json.loads(await process.stdout.readline())
        sent = await refer(people)
        assert json.loads(await process.stdout.readline()) == {
            "event": {"type": "kim.referrals.referral-submitted.v1"},
            "referral": {"id": sent["id"], "state": "SUBMITTED"},
        }
        assert await process.wait() == 0


@pytest.mark.parametrize("client", ["apollo", "urql"])
async def test_e6_a_cache_knows_a_record_by_its_id_and_a_refusal_by_its_type(
    people: Client, client: str
) -> None:
    await refer(people)
    seen = answer_of(
        "caches.mjs",
        KIM_URL=f"{people.settings.gateway_url}/graphql",
        KIM_TOKEN=await people.token(RECIPIENT),
        KIM_SCHEMA=str(SCHEMA),
    )[client]
    first = seen["read"][0]
    assert first["sender"]["unitId"] == "st-jobcenter"
    for found in (seen["known"], seen["node"]):
        shown = {name: found[name] for name in ("id", "state", "version")}
        assert shown == {name: first[name] for name in ("id", "state", "version")}
    # What was read once is not asked for again.
    assert seen["calls"] == [1, 1]
    refusal = seen["refusal"]
    assert (refusal["__typename"], refusal["severity"]) == ("NotFoundError", "ERROR")
    assert refusal["messageDe"] != refusal["messageEn"]
