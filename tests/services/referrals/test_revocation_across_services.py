"""A consent revoked in the case record reaches the referral that rests on it, over a real broker,
and what became of the referral reaches the case (R-C3, F19).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.cases.messaging.handlers import SUBSCRIPTIONS
from services.cases.storage.tables import ConsumedEvent as ConsumedByCases
from services.referrals.messaging.consumers import SUBSCRIPTION
from services.referrals.storage.base import ConsumedEvent
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from tests.apis import create_app, running
from tests.engines import ServiceDatabase
from tests.keys import open_with_keys
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import consent, referral
from tests.waiting import until

_, FOLLOWING = SUBSCRIPTIONS
TERMS = {
    "consentType": "EINWILLIGUNG",
    "giver": "SELF",
    "purpose": "REFERRAL",
    "dataCategories": ["IDENTITY", "EDUCATION_WORK"],
    "discloserUnit": "waf-cm",
    "recipientUnit": "waf-jobcenter",
    "direction": "OUT",
    "form": "SCHRIFTLICH",
    "language": "ukr",
    "informationTextVersion": "2022-03",
    "isRefusalExplained": True,
    "isRevocabilityExplained": True,
}


@pytest.fixture
async def case_desk(
    database: Callable[[str], ServiceDatabase], issuer: str, token_for: Callable[[str], str]
) -> AsyncIterator[Desk]:
    """The same case manager at the case service."""
    async with running(create_app("cases", database("cases"), issuer)) as client:
        yield Desk(client, token_for("waf-case-manager"))


@pytest.fixture
async def between(
    database: Callable[[str], ServiceDatabase],
    referrals_database: ServiceDatabase,
    app_database: Database,
    nats_url: str,
) -> AsyncIterator[None]:
    """Both relays and both consumers at a real NATS server."""
    client = await connect(nats_url, name="tests")
    stream = await ensure_stream(client)
    cases = await open_with_keys(
        database("cases").app_dsn,
        connections_max=4,
    )
    parts = (
        Relay(database("cases").relay_dsn, stream),
        Relay(referrals_database.relay_dsn, stream),
        Consumer(SUBSCRIPTION, database=app_database, stream=stream, consumed=ConsumedEvent),
        Consumer(FOLLOWING, database=cases, stream=stream, consumed=ConsumedByCases),
    )
    tasks = [asyncio.create_task(part.run()) for part in parts]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await cases.close()
    await client.close()


def accepted(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    document: dict[str, Any] = answer.json()
    return document


async def opened_with_consent(desk: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    person = {"familyName": "Kowalenko", "givenNames": "Olena", "birthDate": "1990-05-17"}
    opening = {"origin": "SELF_CONTACT", "members": [{"role": "CLIENT", "person": person}]}
    case = accepted(await desk.post("/v1/cases", opening))
    day = berlin_date(now()).isoformat()
    terms = TERMS | {
        "subjectPersonId": case["personId"],
        "givenOn": day,
        "validFrom": day,
        "evidenceDocumentId": str(uuid4()),
    }
    drafted = accepted(await desk.post(f"/v1/cases/{case['id']}/consents", terms))
    evidence = f"/v1/documents/{drafted['evidenceDocumentId']}/content"
    signed = await desk.client.put(
        evidence,
        content=b"%PDF-1.7\nunterschrieben\n",
        headers={"Authorization": f"Bearer {desk.token}"},
    )
    accepted(signed)
    path = f"/v1/consents/{drafted['id']}/actions/give"
    return case, accepted(await desk.post(path, version=drafted["version"]))


def warm_handover(subject: str, reference: str, **changes: Any) -> dict[str, Any]:
    ground = consent("waf-jobcenter", reference=reference, purpose="WORK_AND_TRAINING")
    return referral(
        subject,
        mode="WARM_HANDOVER",
        serviceCode="JOB_PLACEMENT",
        purpose="WORK_AND_TRAINING",
        recipientUnit="waf-jobcenter",
        legalGround={"consent": ground},
        **changes,
    )


async def test_f19_a_revocation_in_the_case_withdraws_the_open_referral_across_the_broker(
    case_manager: Desk, case_desk: Desk, subject: str, between: None
) -> None:
    case, given = await opened_with_consent(case_desk)
    sent = accepted(await case_manager.post("/v1/referrals", warm_handover(subject, given["id"])))
    draft = accepted(
        await case_manager.post(
            "/v1/referrals", warm_handover(f"{subject}-b", given["id"], submit=False)
        )
    )
    assert (sent["state"], draft["state"]) == ("SUBMITTED", "DRAFT")
    path = f"/v1/cases/{case['id']}"
    version = accepted(await case_desk.get(path))["version"]
    linked = {"referralId": sent["id"]}
    accepted(await case_desk.post(f"{path}/sent-referrals", linked, version=version))

    revoke = f"/v1/consents/{given['id']}/actions/revoke"
    accepted(await case_desk.post(revoke, version=given["version"]))

    async def is_withdrawn() -> bool:
        return bool((await case_manager.read(sent["id"]))["state"] == "WITHDRAWN")

    async def is_told() -> bool:
        [known] = accepted(await case_desk.get(path))["sentReferrals"]
        return bool(known["state"] == "ENDED")

    await until(is_withdrawn)
    barred = await case_manager.act(draft, "submit")
    assert (barred.status_code, barred.json()["guards"]) == (422, ["consent-holds-today"])
    await until(is_told)
