"""What was written about a person and never sent does not stay for ever."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.referrals.operations.abandoned import forget_abandoned_drafts
from shared.database.connection import Database
from shared.kernel.clock import now
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral
from tests.services.referrals.test_clocks import sent


async def test_an_abandoned_draft_is_taken_back_with_its_content_and_a_sent_one_stays(
    jobcenter: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    made = await jobcenter.post("/v1/referrals", referral(f"{subject}-draft", submit=False))
    assert made.status_code == 201, made.text
    draft = made.json()
    assert draft["state"] in {"DRAFT", "READY"}
    other = await sent(jobcenter, subject)
    key = UUID(draft["id"])
    stored = "select content::text from referral_content where id = $1"
    assert await owner.fetchval(stored, key) is not None
    early = now() - timedelta(days=1)
    assert await forget_abandoned_drafts(app_database, early, now()) == 0
    later = now() + timedelta(minutes=1)
    assert await forget_abandoned_drafts(app_database, later, now()) >= 1
    assert (await jobcenter.read(draft["id"]))["state"] == "WITHDRAWN"
    assert await owner.fetchval(stored, key) is None
    known = "select subject_reference from sender_record where id = $1"
    assert await owner.fetchval(known, key) == "-"
    assert (await jobcenter.read(other["id"]))["state"] == "SUBMITTED"
    assert await forget_abandoned_drafts(app_database, later, now()) == 0
