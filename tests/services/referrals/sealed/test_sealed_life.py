"""What cannot be done with a sealed referral, when it goes, and what the database keeps apart."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from services.referrals.main import create_app
from services.referrals.operations.erasing import erase_case
from services.referrals.settings import Settings
from shared.database.connection import Database
from shared.database.identity import SET_IDENTITY
from shared.kernel.caller import system_caller
from shared.kernel.ids import new_id
from tests.apis import running
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT
from tests.services.referrals.sealed.envelopes import Holder, sealed_for, sealed_paper
from tests.services.referrals.test_disclosures import as_app
from tests.services.referrals.test_forwarding import traces

SEALED = "/v1/sealed-referrals"
LEFT = "select count(*) from encrypted_content where id = $1"
INSERT = (
    "insert into encrypted_content (id, tenant_id, unit_id, kid, jwe, digest)"
    " values ($1, '05570', $2, $3, 'a.b.c.d.e', $4)"
)
DIGEST = f"sha256:{sha256(b'a.b.c.d.e').hexdigest()}"


async def left(owner: Any, referral: dict[str, Any]) -> int:
    found: int = await owner.fetchval(LEFT, UUID(referral["id"]))
    return found


async def test_a_sealed_referral_is_not_amended_forwarded_or_proposed_otherwise(
    case_manager: Desk, jobcenter: Desk, sent: dict[str, Any], owner: Any
) -> None:
    pulled = await jobcenter.step(sent, "pull")
    before = await traces(owner, sent["id"])
    amendment = {"reason": "CORRECTION", "content": CONTENT}
    proposal = {"noteCode": "MORE_SUITABLE", "startsOn": "2099-01-01"}
    for desk, action, body in (
        (case_manager, "amend", amendment),
        (case_manager, "amend", {"reason": "CORRECTION", "urgency": "ROUTINE"}),
        (jobcenter, "forward", {"recipientUnit": "waf-cm-nord"}),
        (jobcenter, "propose", proposal),
    ):
        refused = await desk.act(pulled, action, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "content-is-sealed"), action
    assert await traces(owner, sent["id"]) == before
    seen = await jobcenter.read(sent["id"])
    assert not {"forward"} & set(seen["allowedActions"])
    assert not {"propose"} & set(seen["overlayActions"])
    assert "amend" not in (await case_manager.read(sent["id"]))["overlayActions"]


async def test_a_refused_sealed_referral_is_not_copied(
    case_manager: Desk, jobcenter: Desk, sent: dict[str, Any], owner: Any
) -> None:
    problems = {"problems": [{"reason": "capacity"}]}
    await jobcenter.step(await jobcenter.step(sent, "pull"), "reject", problems)
    rejected = await case_manager.read(sent["id"])
    assert "answer-rejection" not in rejected["overlayActions"]
    before = await traces(owner, sent["id"])
    refused = await case_manager.act(rejected, "answer-rejection", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "content-is-sealed")
    assert await traces(owner, sent["id"]) == before


async def test_a_refused_sealed_referral_is_followed_by_another_sealed_one(
    case_manager: Desk,
    jobcenter: Desk,
    sent: dict[str, Any],
    holder: Holder,
    subject: str,
    owner: Any,
) -> None:
    corrected = sealed_paper(f"{subject}-2", sealed_for(holder), followsId=sent["id"])
    before = await traces(owner, sent["id"])
    early = await case_manager.post(SEALED, corrected)
    assert (early.status_code, early.json()["code"]) == (409, "transition-not-allowed")
    assert await traces(owner, sent["id"]) == before
    problems = {"problems": [{"reason": "incomplete"}]}
    await jobcenter.step(await jobcenter.step(sent, "pull"), "reject", problems)
    rejected = await traces(owner, sent["id"])
    refused = await case_manager.post(SEALED, corrected | {"followsId": str(new_id())})
    assert refused.status_code == 404
    follower = (await case_manager.post(SEALED, corrected)).json()
    assert (follower["followsId"], follower["isSealed"]) == (sent["id"], True)
    assert await traces(owner, sent["id"]) == rejected


async def test_no_link_to_a_sealed_referral(
    settings: Settings, token_for: Callable[[str], str], sent: dict[str, Any], owner: Any
) -> None:
    more = {"link_key": SecretStr("a secret of the tests that is long enough")}
    app: FastAPI = create_app(settings.model_copy(update=more))
    async with running(app) as client:
        desk = Desk(client, token_for("waf-case-manager"))
        refused = await desk.post(f"/v1/referrals/{sent['id']}/access-links")
    assert (refused.status_code, refused.json()["code"]) == (409, "content-is-sealed")
    links = await owner.fetchval(
        "select count(*) from access_link where referral_id = $1", UUID(sent["id"])
    )
    assert links == 0


async def test_the_ciphertext_goes_with_a_withdrawal(
    case_manager: Desk, jobcenter: Desk, sent: dict[str, Any], owner: Any
) -> None:
    assert await left(owner, sent) == 1
    await case_manager.step(sent, "withdraw", {"reason": "SENT_BY_MISTAKE"})
    assert await left(owner, sent) == 0
    for desk in (case_manager, jobcenter):
        gone = await desk.get(f"/v1/referrals/{sent['id']}/sealed-content")
        assert gone.status_code == 404


async def test_the_ciphertext_goes_with_a_revoked_consent(
    case_manager: Desk, holder: Holder, subject: str, owner: Any
) -> None:
    paper = sealed_paper(subject, sealed_for(holder))
    reference = f"R-{subject}"
    paper["legalGround"]["consent"] |= {"reference": reference}
    sent = (await case_manager.post(SEALED, paper)).json()
    revoked = await case_manager.post("/v1/consent-revocations", {"consentReference": reference})
    assert revoked.json()["withdrawn"] == 1, revoked.text
    assert await left(owner, sent) == 0


async def test_the_ciphertext_goes_with_an_erased_case(
    case_manager: Desk, holder: Holder, subject: str, app_database: Database, owner: Any
) -> None:
    case_id = new_id()
    paper = sealed_paper(subject, sealed_for(holder), caseId=str(case_id))
    sent = (await case_manager.post(SEALED, paper)).json()
    system = system_caller(tenant_id="05570", unit_id="waf-cm", part="test")
    async with app_database.transaction(system) as tx:
        assert await erase_case(tx, case_id=case_id, erasure_id=new_id()) == 1
    assert await left(owner, sent) == 0
    state = await owner.fetchval("select state from referral where id = $1", UUID(sent["id"]))
    assert state == "WITHDRAWN"


async def test_the_database_shows_a_ciphertext_to_its_two_sides_alone(
    jobcenter: Desk, sent: dict[str, Any], app_database: Database, owner: Any
) -> None:
    key = UUID(sent["id"])

    async def seen(unit: str, roles: str = "partner") -> int:
        query = "select id from encrypted_content where id = $1"
        return len(await as_app(app_database, unit, roles, query, key))

    assert (await seen("waf-cm"), await seen("waf-jobcenter")) == (1, 0)
    await jobcenter.step(await jobcenter.step(sent, "pull"), "accept")
    assert await seen("waf-jobcenter") == 1
    for unit, roles in (
        ("waf-jugendamt", "partner"),
        ("waf-abh", "b3_officer"),
        ("waf-jobcenter", "admin"),
        ("waf-cm", "unit_head"),
    ):
        assert await seen(unit, roles) == 0
    async with app_database.pool.acquire() as connection, connection.transaction():
        await connection.execute(SET_IDENTITY, "05566", "waf-cm", "CM_TEAM", "test|x", ",partner,")
        assert await connection.fetch("select * from encrypted_content") == []
        assert await connection.fetch("select * from unit_key") == []
    # An agency that becomes an authority sees nothing more of it, whatever was sent before.
    await owner.execute("update org_unit set type = 'ABH' where unit_id = 'waf-jobcenter'")
    try:
        assert await seen("waf-jobcenter") == 0
    finally:
        await owner.execute(
            "update org_unit set type = 'JOBCENTER_ACTIVE' where unit_id = 'waf-jobcenter'"
        )
    # Nor without a manifest over this very text.
    await owner.execute(
        "update disclosure set payload_digest = 'sha256:' where referral_id = $1", key
    )
    assert await seen("waf-jobcenter") == 0


async def test_the_database_takes_no_ciphertext_beside_the_rules(
    case_manager: Desk, sent: dict[str, Any], holder: Holder, app_database: Database, owner: Any
) -> None:
    for statement in (
        "update encrypted_content set jwe = 'x' where id = $1",
        "delete from encrypted_content where id = $1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_app(app_database, "waf-cm", "case_manager", statement, UUID(sent["id"]))
    # Sent already; then, were it not sent: the key must be the recipient's, the unit the own.
    values = (UUID(sent["id"]), "waf-cm", holder.kid, DIGEST)
    await owner.execute("delete from encrypted_content where id = $1", UUID(sent["id"]))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_app(app_database, "waf-cm", "case_manager", INSERT, *values)
    await owner.execute(
        "update referral set state = 'READY', submitted_at = null where id = $1", UUID(sent["id"])
    )
    for unit, role, kid in (
        ("waf-cm", "case_manager", "A" * 43),
        ("waf-cm", "unit_head", holder.kid),
        ("waf-jobcenter", "partner", holder.kid),
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_app(app_database, unit, role, INSERT, values[0], unit, kid, DIGEST)
    forged = f"sha256:{'0' * 64}"
    with pytest.raises(asyncpg.CheckViolationError):
        await as_app(app_database, "waf-cm", "case_manager", INSERT, *values[:3], forged)
    await owner.execute("update org_unit set type = 'EBH' where unit_id = 'waf-jobcenter'")
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_app(app_database, "waf-cm", "case_manager", INSERT, *values)
    finally:
        await owner.execute(
            "update org_unit set type = 'JOBCENTER_ACTIVE' where unit_id = 'waf-jobcenter'"
        )
    await as_app(app_database, "waf-cm", "case_manager", INSERT, *values)
