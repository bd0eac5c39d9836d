"""What is published and what SQL builds are one; the database is as safe as the migrations say."""

from typing import Any

import pytest
from pydantic import BaseModel

from services.referrals.api.capacity import UnitServicePage
from services.referrals.api.directory_schemas import (
    CodeListView,
    OrgUnitPage,
    OrgUnitView,
    RoutingView,
    RuleSetPage,
    RuleSetView,
    ServiceCatalogue,
)
from services.referrals.api.referral_views import (
    EventPage,
    ManualPage,
    ManualView,
    ReferralDetail,
    ReferralPage,
    ReferralView,
    RevocationView,
)
from services.referrals.api.signpostings import SignpostingPage, SignpostingView
from services.referrals.main import create_app
from services.referrals.settings import Settings
from services.referrals.storage import tables
from services.referrals.storage.base import Table
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral
from tests.services.referrals.test_signposting_api import SIGNPOST

assert tables
TABLES = sorted(Table.metadata.tables)


def holds(model: type[BaseModel], document: Any) -> None:
    """Exactly the members of the model, no more and no fewer; `cursors` only when asked for."""
    read = model.model_validate(document)
    assert set(document) == set(read.model_dump(by_alias=True)) - {"cursors"}


async def test_every_referral_is_built_as_published(
    jobcenter: Desk, case_manager: Desk, coordinator: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    holds(ReferralView, sent)
    holds(ReferralDetail, await jobcenter.read(sent["id"]))
    holds(EventPage, (await jobcenter.get(f"/v1/referrals/{sent['id']}/events")).json())
    rejected = await case_manager.step(
        sent, "reject", {"problems": [{"reason": "capacity", "detail": "voll"}]}
    )
    holds(ReferralView, rejected)
    holds(ReferralDetail, await case_manager.read(sent["id"]))
    unrouted = referral(f"{subject}-2", serviceCode="DEBT_COUNSELLING")
    unrouted["legalGround"]["consent"]["categories"].append("benefits")
    waiting = (await jobcenter.post("/v1/referrals", unrouted)).json()
    assert waiting["manualReason"] == "NO_RULE"
    holds(ReferralView, waiting)
    queue = (await coordinator.get("/v1/manual-queue?sort=-createdAt&first=1")).json()
    holds(ManualPage, queue)
    holds(ManualView, (await coordinator.get(f"/v1/manual-queue/{waiting['id']}")).json())


@pytest.mark.parametrize(
    ("persona", "path", "model"),
    [
        ("case_manager", "referrals", ReferralPage),
        ("case_manager", "inbox", ReferralPage),
        ("jobcenter", "outbox", ReferralPage),
        ("case_manager", "signpostings", SignpostingPage),
        ("case_manager", "org-units", OrgUnitPage),
        ("case_manager", "org-units/waf-cm", OrgUnitView),
        ("case_manager", "unit-services", UnitServicePage),
        ("case_manager", "routing-rules", RuleSetPage),
        ("case_manager", "routing-rules/1", RuleSetView),
        ("case_manager", "services", ServiceCatalogue),
        ("case_manager", "code-lists/topics", CodeListView),
        ("case_manager", "routing?service=CASE_MANAGEMENT&ags=05570044", RoutingView),
    ],
)
async def test_every_read_is_built_as_published(
    request: pytest.FixtureRequest,
    jobcenter: Desk,
    subject: str,
    persona: str,
    path: str,
    model: type[BaseModel],
) -> None:
    desk: Desk = request.getfixturevalue(persona)
    case_manager: Desk = request.getfixturevalue("case_manager")
    await jobcenter.post("/v1/referrals", referral(subject))
    await case_manager.post("/v1/signpostings", SIGNPOST)
    team_lead: Desk = request.getfixturevalue("team_lead")
    await team_lead.put("/v1/org-units/waf-cm/services/CASE_MANAGEMENT", {"accepts": True})
    answer = await desk.get(f"/v1/{path}")
    assert answer.status_code == 200
    document = answer.json()
    holds(model, document)
    assert document.get("items", ["x"]) != []


async def test_what_is_recorded_beside_is_built_as_published(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    body = {"consentReference": f"E-{subject}"}
    holds(RevocationView, (await jobcenter.post("/v1/consent-revocations", body)).json())
    holds(SignpostingView, (await case_manager.post("/v1/signpostings", SIGNPOST)).json())


def test_every_operation_has_a_summary_in_both_languages() -> None:
    document = create_app(Settings()).openapi()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert " / " in operation["summary"], f"{method} {path}"


@pytest.mark.parametrize("table", TABLES)
async def test_every_table_is_bolted(owner: Any, table: str) -> None:
    row = await owner.fetchrow(
        "select relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) as owner,"
        " has_table_privilege('kim_referrals_app', oid, 'truncate') as may_truncate"
        " from pg_class where oid = $1::regclass",
        table,
    )
    assert dict(row) == {
        "relrowsecurity": True,
        "relforcerowsecurity": True,
        "owner": "kim_referrals_owner",
        "may_truncate": False,
    }


async def test_every_index_begins_with_the_tenant_or_is_a_key(owner: Any) -> None:
    rows = await owner.fetch(
        "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid, 1, true) as first"
        " from pg_index join pg_class c on c.oid = indrelid"
        " where c.relnamespace = 'public'::regnamespace and not indisprimary"
    )
    others = {row["name"] for row in rows if row["first"] != "tenant_id"}
    assert others <= {"ix_outbox_message_waiting"}


async def test_the_steps_of_a_referral_are_never_changed(owner: Any) -> None:
    for privilege in ("update", "delete"):
        for table in ("referral_event", "routing_rule_set", "audit.audit_entry", "feed_entry"):
            has = await owner.fetchval(
                "select has_table_privilege('kim_referrals_app', $1, $2)", table, privilege
            )
            assert has is False
