"""The erasure of a case over the real broker: both services forget it, whoever is killed."""

import asyncio
from typing import Any
from uuid import uuid4

from deploy.local.demo.client import Client
from deploy.local.parts import Installation
from shared.kernel.clock import berlin_date, now
from tests.journeys.test_nothing_is_lost import (
    CARITAS,
    partner,
    receive,
    refer,
    system,
)
from tests.local_system import LocalSystem
from tests.waiting import until

__all__ = ["partner", "system"]  # fixtures

LEAD = "rheine-caritas-team-lead"


async def step(partner: Client, case_id: str, method: str, path: str, body: object) -> Any:
    seen = (await partner.get(CARITAS, "cases", f"/v1/cases/{case_id}")).accepted
    where, version = f"/v1/cases/{case_id}/{path}", f'"{seen["version"]}"'
    if method == "PUT":
        return (await partner.put(CARITAS, "cases", where, body, version=version)).accepted
    key = uuid4().hex
    return (await partner.post(CARITAS, "cases", where, body, key=key, version=version)).accepted


async def due_case(partner: Client, referral_id: str) -> str:
    """The case of an accepted referral, declined, whose period ended on the same day."""

    async def found() -> Any:
        items = await partner.items(CARITAS, "cases", "/v1/cases")
        return next((one["id"] for one in items if one["referralId"] == referral_id), None)

    case_id = str(await until(found, timeout_s=60))
    rule = {
        "result": "DECLINED",
        "startEvent": "PROCESS_ENDED",
        "periodYears": 0,
        "legalReasonDe": "Beschluss der Stelle",
        "legalReasonEn": "Decision of the unit",
        "validFrom": berlin_date(now()).isoformat(),
    }
    await partner.create(LEAD, "cases", "/v1/deletion-rules", rule, key=uuid4().hex)
    await step(partner, case_id, "POST", "actions/decline", {"declineReason": "WITHDRAWN"})
    await step(partner, case_id, "PUT", "erasure-preparation", {"archiveAnswer": "DECLINED"})
    return case_id


async def run(system: LocalSystem, command: str, *arguments: str) -> None:
    ended = await asyncio.to_thread(system.command, command, *arguments)
    assert ended.returncode == 0, ended.stderr


async def test_hazard_13_an_erasure_waits_for_every_service_and_survives_killed_workers(
    system: LocalSystem, partner: Client
) -> None:
    referral_id = await refer(partner, f"erase-{uuid4().hex[:8]}")
    await receive(partner, referral_id)
    case_id = await due_case(partner, referral_id)
    postgres = Installation(system.settings).postgres
    kept = f"select count(*) from recipient_record where case_id = '{case_id}'"

    async def referrals_knows_the_case() -> bool:
        return postgres.psql("kim_referrals", statement=kept) == "1"

    await until(referrals_knows_the_case, timeout_s=60)
    await run(system, "stop", "--force", "referrals-worker")
    progress = await step(partner, case_id, "POST", "erasure", {})
    assert (progress["state"], progress["services"]) == ("DECLINED", ["referrals"])

    async def request_is_sent() -> bool:
        waiting = "select count(*) from outbox_message where sent_at is null"
        return postgres.psql("kim_cases", statement=waiting) == "0"

    await until(request_is_sent, timeout_s=60)
    path = f"/v1/cases/{case_id}/erasure"
    assert (await partner.get(CARITAS, "cases", path)).accepted["confirmations"] == []
    await run(system, "stop", "--force", "cases-worker")
    await run(system, "start", "referrals-worker")

    async def referrals_forgot() -> bool:
        return postgres.psql("kim_referrals", statement=kept) == "0"

    await until(referrals_forgot, timeout_s=60)
    assert (await partner.get(CARITAS, "cases", path)).accepted["erasedAt"] is None
    await run(system, "start", "cases-worker")

    async def erased() -> Any:
        answer = (await partner.get(CARITAS, "cases", path)).accepted
        return answer if answer["erasedAt"] else None

    done = await until(erased, timeout_s=60)
    assert (done["state"], [one["service"] for one in done["confirmations"]]) == (
        "ERASED",
        ["referrals"],
    )
    tombstone = (await partner.get(CARITAS, "cases", f"/v1/cases/{case_id}")).accepted
    personal = ("personId", "familyId", "pseudonym", "contact", "referralId", "caseManager")
    assert [tombstone[name] for name in personal] == [None] * len(personal)
