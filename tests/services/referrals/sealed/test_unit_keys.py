"""Public keys of units: only the own unit writes, only strong public ones, never a private one."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.referrals.api.keys import KeyPage
from shared.database.connection import Database
from tests.services.referrals.desk import Desk
from tests.services.referrals.sealed.conftest import KEYS
from tests.services.referrals.sealed.envelopes import Holder, key_paper
from tests.services.referrals.test_contract import holds
from tests.services.referrals.test_disclosures import as_app

TRACES = (
    "select (select count(*) from unit_key), (select count(*) from outbox_message),"
    " (select count(*) from audit_entry where action <> 'read')"
)


def told(holder: Holder) -> dict[str, Any]:
    return holder.public | {"kid": holder.kid, "use": "enc", "alg": "RSA-OAEP-256"}


async def test_a_published_key_is_found_by_every_unit_of_the_tenant(
    case_manager: Desk, jobcenter: Desk, desk_of: Callable[[str], Desk], holder: Holder
) -> None:
    for desk in (case_manager, jobcenter):
        found = (await desk.get(f"{KEYS}?kid={holder.kid}&use=enc")).json()["items"]
        assert [one["jwk"] for one in found] == [told(holder)]
    holds(KeyPage, (await jobcenter.get(KEYS)).json())
    for persona in ("rheine-coordinator", "st-jobcenter-system"):
        assert (await desk_of(persona).get(KEYS)).status_code == 404


async def test_a_private_key_is_refused_and_kept_nowhere(
    jobcenter: Desk, stranger: Holder, owner: Any
) -> None:
    before = await owner.fetchrow(TRACES)
    private = dict(stranger.key.as_dict(private=True))
    one_member = stranger.public | {"qi": private["qi"]}
    for jwk in (private, one_member, {"keys": [private]}, {"kty": "oct", "k": "c2VjcmV0"}):
        refused = await jobcenter.post(KEYS, key_paper(stranger, jwk=jwk))
        assert (refused.status_code, refused.json()["code"]) == (422, "private-key-refused")
        assert private["d"] not in refused.text
    assert await owner.fetchrow(TRACES) == before
    kept = await owner.fetchval(
        "select count(*) from idempotency_key k where strpos(k::text, $1) > 0", private["d"]
    )
    assert kept == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "EC"},
        {"e": "AQ"},
        {"e": "Aw"},
        {"e": "AQAC"},
        {"n": ""},
        {"n": 5},
        {"n": None},
        {"n": "A" * 1401},
        {"n": "ä"},
        {"n": "_" * 683},
        {"n": "a\u0000b"},
    ],
)
async def test_a_weak_key_is_refused(
    jobcenter: Desk, stranger: Holder, owner: Any, changes: dict[str, Any]
) -> None:
    before = await owner.fetchrow(TRACES)
    refused = await jobcenter.post(KEYS, key_paper(stranger, jwk=stranger.public | changes))
    assert (refused.status_code, refused.json()["code"]) == (422, "key-too-weak")
    assert await owner.fetchrow(TRACES) == before


async def test_2048_bits_are_too_few(jobcenter: Desk, owner: Any) -> None:
    before = await owner.fetchrow(TRACES)
    for bits in (2048, 3072, 4088):
        refused = await jobcenter.post(KEYS, key_paper(Holder.with_bits(bits)))
        assert (refused.status_code, refused.json()["code"]) == (422, "key-too-weak")
    assert await owner.fetchrow(TRACES) == before


async def test_a_key_is_for_the_use_it_names_and_for_a_time_to_come(
    jobcenter: Desk, stranger: Holder
) -> None:
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
    for paper, code in (
        (key_paper(stranger, jwk=stranger.public | {"use": "sig"}), "key-use-differs"),
        (key_paper(stranger, jwk=stranger.public | {"alg": "RSA1_5"}), "key-use-differs"),
        (key_paper(stranger, use="sig", jwk=stranger.public | {"use": "enc"}), "key-use-differs"),
        (key_paper(stranger, validTo=past), "key-term-unusable"),
        (key_paper(stranger, validFrom="2099-01-01T00:00:00Z"), "key-term-unusable"),
    ):
        refused = await jobcenter.post(KEYS, paper)
        assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_nobody_writes_the_keys_of_another_unit(
    case_manager: Desk, desk_of: Callable[[str], Desk], holder: Holder, stranger: Holder, owner: Any
) -> None:
    before = await owner.fetchrow(TRACES)
    for persona, code in (
        ("waf-jugendamt-system", "keys-of-another-unit"),
        ("waf-admin", "keys-of-another-unit"),
        ("waf-case-manager", "not-permitted"),
        ("waf-abh-system", "not-permitted"),
    ):
        desk = desk_of(persona)
        for path, body in (
            (KEYS, key_paper(stranger)),
            (f"{KEYS}/{holder.kid}/actions/revoke", None),
        ):
            refused = await desk.post(path, body)
            assert (refused.status_code, refused.json()["code"]) == (403, code)
    assert await owner.fetchrow(TRACES) == before
    own = await case_manager.post("/v1/org-units/waf-cm/keys", key_paper(stranger))
    assert own.status_code == 403


async def test_a_revoked_key_is_gone_for_others_and_never_comes_back(
    case_manager: Desk, jobcenter: Desk, owner: Any
) -> None:
    made = Holder.with_bits()
    published = (await jobcenter.post(KEYS, key_paper(made))).json()
    again = await jobcenter.post(KEYS, key_paper(made))
    assert (again.status_code, again.json()["code"]) == (409, "key-known")
    path = f"{KEYS}/{made.kid}/actions/revoke"
    answers = await asyncio.gather(*(jobcenter.post(path) for _ in range(5)))
    assert [one.status_code for one in answers] == [200] * 5
    assert len({one.json()["revokedAt"] for one in answers}) == 1
    assert (await case_manager.get(f"{KEYS}?kid={made.kid}")).json()["items"] == []
    (mine,) = (await jobcenter.get(f"{KEYS}?kid={made.kid}")).json()["items"]
    assert mine == answers[0].json()
    assert (await jobcenter.post(KEYS, key_paper(made))).json()["code"] == "key-known"
    noted = await owner.fetch(
        "select action from audit_entry where action <> 'read' and $1 = any(record_ids)"
        " order by at",
        UUID(published["id"]),
    )
    assert [one["action"] for one in noted] == ["unit-key-published", "unit-key-revoked"]


async def test_a_key_that_is_not_there_is_not_found(jobcenter: Desk, stranger: Holder) -> None:
    missing = await jobcenter.post(f"{KEYS}/{stranger.kid}/actions/revoke")
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")


async def test_a_unit_outside_the_directory_has_no_keys(
    desk_of: Callable[[str], Desk], directory: None, stranger: Holder
) -> None:
    admin = desk_of("waf-admin")
    refused = await admin.post("/v1/org-units/waf-it/keys", key_paper(stranger))
    assert (refused.status_code, refused.json()["code"]) == (409, "unit-unknown")
    assert (await admin.get("/v1/org-units/waf-it/keys")).status_code == 404


async def test_a_dry_run_publishes_nothing(jobcenter: Desk, stranger: Holder, owner: Any) -> None:
    before = await owner.fetchrow(TRACES)
    tried = await jobcenter.post(f"{KEYS}?dryRun=true", key_paper(stranger))
    assert tried.status_code == 200, tried.text
    assert await owner.fetchrow(TRACES) == before


async def test_the_database_lets_each_unit_write_its_own_keys_only(
    app_database: Database, holder: Holder, owner: Any
) -> None:
    copy = (
        "insert into unit_key select gen_random_uuid(), tenant_id, unit_id, reverse(kid), use, n,"
        " e, valid_from, valid_to, null, created_at, created_by from unit_key where kid = $1"
    )
    for unit, roles in (("waf-jugendamt", "partner"), ("waf-jobcenter", "case_manager")):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_app(app_database, unit, roles, copy, holder.kid)
    revoke = "update unit_key set revoked_at = now() where kid = $1 returning id"
    assert await as_app(app_database, "waf-jugendamt", "partner", revoke, holder.kid) == []
    for statement in (
        "update unit_key set n = 'AQAB' where kid = $1",
        "update unit_key set valid_to = valid_to + interval '1 year' where kid = $1",
        "delete from unit_key where kid = $1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_app(app_database, "waf-jobcenter", "partner", statement, holder.kid)
    assert (
        await owner.fetchval("select revoked_at from unit_key where kid = $1", holder.kid) is None
    )
