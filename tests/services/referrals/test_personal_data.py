"""What is held of a person is reported and laid down; who received data is told of changes."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from services.referrals.domain.notices import NoticeKind
from services.referrals.operations.personal_data import (
    ChangeOfData,
    Inquiry,
    report,
    tell_recipients,
)
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.objects.exchange import AccessFolder
from shared.objects.store import Objects
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import NAME
from tests.services.referrals.test_clocks import sent
from tests.services.referrals.test_notices import SENDER, notices_on, taken

REPORTED = "kim.referrals.personal-data-reported.v1"
STRANGER = system_caller(tenant_id="05570", unit_id="waf-jugendamt", part="tests")


@pytest.fixture
def exchange(tmp_path: Path) -> Objects:
    return Objects(str(tmp_path))


async def told(owner: Any, event_type: str, request_id: UUID) -> list[Any]:
    rows = await owner.fetch(
        "select payload -> 'data' as data from outbox_message"
        " where subject = $1 and aggregate_id = $2",
        event_type,
        request_id,
    )
    return [orjson.loads(row["data"]) for row in rows]


async def test_what_the_unit_holds_is_laid_down_and_no_other_unit_gets_it(
    jobcenter: Desk, subject: str, app_database: Database, exchange: Objects, owner: Any
) -> None:
    case_id = uuid4()
    referral = await sent(
        jobcenter, subject, caseId=str(case_id), disputedFields=["identity.birthDate"]
    )
    inquiry = Inquiry(request_id=uuid4(), case_ids=(case_id,), referral_ids=(), with_content=True)
    for caller in (SENDER, STRANGER):
        async with app_database.transaction(caller) as tx:
            await report(tx, exchange, inquiry)
    where: dict[str, Any] = {"tenant_id": "05570", "request_id": inquiry.request_id}
    held = await AccessFolder(unit_id="waf-jobcenter", **where).take(exchange, "referrals")
    # Art. 15 (1) c: the unit's own traces, and no name among them.
    log = held.pop("ACCESS_LOG")
    assert {(one["unitId"], one["purpose"]) for one in log} == {("waf-jobcenter", "REFERRAL")}
    assert sum(one["times"] for one in log if one["action"] != "read") >= 1
    assert set(log[0]) == {"day", "unitId", "action", "recordKind", "purpose", "times"}
    [record] = held["REFERRAL"]
    assert (record["id"], record["caseId"]) == (referral["id"], str(case_id))
    assert NAME in str(record["content"])
    # F29: the answer carries the note of § 84 (2) SGB X as every other output does.
    assert record["disputedFields"] == ["identity.birthDate"]
    assert [one["field"] for one in record["disputes"]] == ["identity.birthDate"]
    others = await AccessFolder(unit_id="waf-jugendamt", **where).take(exchange, "referrals")
    assert others == {"ACCESS_LOG": []}
    reports = await told(owner, REPORTED, inquiry.request_id)
    assert sorted((one["unitId"], sum(one["records"])) for one in reports) == [
        ("waf-jobcenter", sum(len(records) for records in held.values())),
        ("waf-jugendamt", 0),
    ]
    assert NAME not in str(reports)


async def test_a_preview_is_told_numbers_and_nothing_is_laid_down(
    jobcenter: Desk, subject: str, app_database: Database, exchange: Objects, owner: Any
) -> None:
    referral = await sent(jobcenter, subject)
    inquiry = Inquiry(
        request_id=uuid4(),
        case_ids=(),
        referral_ids=(UUID(referral["id"]),),
        with_content=False,
    )
    async with app_database.transaction(SENDER) as tx:
        await report(tx, exchange, inquiry)
    [said] = await told(owner, REPORTED, inquiry.request_id)
    assert dict(zip(said["kinds"], said["records"], strict=True))["REFERRAL"] == 1
    folder = AccessFolder(tenant_id="05570", unit_id="waf-jobcenter", request_id=inquiry.request_id)
    assert not await exchange.has(folder.key("referrals.json"))


async def test_who_has_accepted_is_told_which_fields_changed_and_who_has_not_is_not(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    case_id, request_id = uuid4(), uuid4()
    accepted = await taken(jobcenter, case_manager, subject, caseId=str(case_id))
    changed = ChangeOfData(
        request_id=request_id,
        change=NoticeKind.DATA_CORRECTED,
        case_ids=(case_id,),
        fields=("birthDate",),
    )
    for _ in range(2):
        async with app_database.transaction(SENDER) as tx:
            await tell_recipients(tx, changed)
    [notice] = await notices_on(case_manager, accepted)
    assert (notice["kind"], notice["fields"]) == ("DATA_CORRECTED", ["birthDate"])
    reports = await told(owner, "kim.referrals.recipients-told.v1", request_id)
    assert [one["noticeIds"] for one in reports] == [[notice["id"]], [notice["id"]]]
    assert reports[0]["recipientUnits"] == ["waf-cm"]
    disputed = ChangeOfData(
        request_id=None,
        change=NoticeKind.ACCURACY_DISPUTED,
        case_ids=(case_id,),
        fields=("nationalities",),
    )
    async with app_database.transaction(SENDER) as tx:
        await tell_recipients(tx, disputed)
    kinds = {one["kind"] for one in await notices_on(case_manager, accepted)}
    assert kinds == {"DATA_CORRECTED", "ACCURACY_DISPUTED"}
