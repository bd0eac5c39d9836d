from typing import Any
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral

async def test_smoke(jobcenter: Desk, case_manager: Desk, subject: str) -> None:
    a = await jobcenter.post("/v1/referrals", referral(subject))
    print(a.status_code, a.text)
    r=a.json()
    print((await jobcenter.read(r["id"])))
    print((await case_manager.read(r["id"])))
    r=await case_manager.step(r,"pull"); r=await case_manager.step(r,"start-review"); r=await case_manager.step(r,"accept")
    print((await case_manager.read(r["id"])))
    print((await case_manager.get("/v1/events")).text)
    print((await case_manager.get("/v1/inbox?state=ACCEPTED")).text)
    print((await case_manager.get(f"/v1/referrals/{r['id']}/events")).text)
    assert 0
