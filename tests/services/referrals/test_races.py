"""Two hands on one referral at the same moment: one of them wins, the other is told so."""

import asyncio
from datetime import timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import expire
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.kernel.errors import Refusal
from tests.services.referrals.desk import Desk
from tests.services.referrals.test_amendments import under
from tests.services.referrals.test_clocks import sent
from tests.services.referrals.test_due import instant

ROUNDS = 20
CLOCK = system_caller(tenant_id="05570", unit_id="waf-jobcenter", part="tests")
ACTIONS = ("withdraw", "pull", "accept", "expire", "amend", "propose", "hold", "revoke")
PAIRS = list(combinations(ACTIONS, 2))
OF_THE_RECIPIENT = {"pull", "accept", "propose", "hold"}
BODIES: dict[str, Any] = {
    "withdraw": {"reason": "NO_LONGER_NEEDED"},
    "amend": {"reason": "CIRCUMSTANCES_CHANGED", "urgency": "URGENT"},
    "propose": {"noteCode": "CAPACITY_FROM_DATE", "startsOn": "2099-01-02"},
    "hold": {"reason": "PERSON_ABSENT"},
}
# Where both orders are possible, or only one can be done at all: what may be left behind.
ENDS = {
    "withdraw": "WITHDRAWN",
    "pull": "DELIVERED",
    "accept": "ACCEPTED",
    "expire": "EXPIRED",
    "revoke": "WITHDRAWN",
}


class Hands:
    """Everyone who may reach for the referral."""

    def __init__(self, jobcenter: Desk, case_manager: Desk, database: Database) -> None:
        self.jobcenter, self.case_manager, self.database = jobcenter, case_manager, database

    async def reach(self, action: str, referral: dict[str, Any], reference: str) -> int:
        """The status of the answer; for the clock, what it would be."""
        if action == "revoke":
            answer = await self.jobcenter.post(
                "/v1/consent-revocations", {"consentReference": reference}
            )
            return answer.status_code
        if action == "expire":
            at = instant(referral["expiresAt"]) + timedelta(seconds=1)
            try:
                async with self.database.transaction(CLOCK) as tx:
                    await expire(tx, UUID(referral["id"]), at, Terms())
            except Refusal as refused:
                return refused.status
            return 200
        desk = self.case_manager if action in OF_THE_RECIPIENT else self.jobcenter
        return (await desk.act(referral, action, BODIES.get(action))).status_code


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
async def test_of_two_at_once_exactly_one_wins(
    pair: tuple[str, str],
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    app_database: Database,
    owner: Any,
) -> None:
    hands = Hands(jobcenter, case_manager, app_database)
    referrals = []
    for number in range(ROUNDS):
        key = f"{subject}-{number}"
        first = await sent(jobcenter, key, legalGround=under(key))
        if not set(pair) & {"pull", "expire"}:
            first = await case_manager.step(first, "pull")
        referrals.append((first, f"E-{key}"))
    for referral, reference in referrals:
        statuses = await asyncio.gather(
            *(hands.reach(action, referral, reference) for action in pair)
        )
        judge(dict(zip(pair, statuses, strict=True)), await jobcenter.read(referral["id"]))
        left = await owner.fetchrow(
            "select count(*) filter (where type ~ 'withdrawn|expired|accepted') as ends,"
            " (select count(*) from counter_proposal where referral_id = $1 and state = 'OPEN')"
            " as proposals,"
            " (select count(*) from clock_pause where referral_id = $1 and ended_at is null)"
            " as holds from referral_event where referral_id = $1",
            UUID(referral["id"]),
        )
        seen = await jobcenter.read(referral["id"])
        assert left["ends"] <= 1
        assert left["proposals"] == (seen["openProposalId"] is not None)
        assert left["holds"] == (seen["heldSince"] is not None)


def judge(statuses: dict[str, int], seen: dict[str, Any]) -> None:
    won = [action for action, status in statuses.items() if status in {200, 201}]
    lost = [action for action in statuses if action not in won]
    assert {statuses[action] for action in lost} <= {409, 412}, statuses
    state = seen["state"]
    if "revoke" in statuses:
        # A revocation never loses: it withdraws, or tells who has accepted before it.
        others = {ENDS.get(action) for action in won} & {"ACCEPTED", "EXPIRED"}
        assert state in {"WITHDRAWN"} | others, statuses
    elif set(won) == {"amend", "expire"}:
        assert state == "EXPIRED"  # the clock does not ask for the version it has seen
    else:
        assert len(won) == 1, statuses
        start = "SUBMITTED" if set(statuses) & {"pull", "expire"} else "DELIVERED"
        assert state == ENDS.get(won[0], start), statuses
    assert (seen["content"] is None) == (state in {"WITHDRAWN", "EXPIRED"})
