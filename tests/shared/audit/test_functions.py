"""Functions of the audit log that see more than their callers: reviewed, and what each lets out."""

import tomllib
from typing import Any, Final
from uuid import uuid4

import pytest

from deploy.local.settings import PROJECT_DIR
from tests.shared.audit.conftest import Log, someone

REVIEWED: Final = tomllib.loads(
    (PROJECT_DIR / "deploy" / "postgres" / "definer_functions.toml").read_text(encoding="utf-8")
)["audit"]
FOUND: Final = """
select p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as signature,
       pg_get_userbyid(p.proowner) as owner, p.proconfig as settings, p.prosecdef as is_definer,
       array(select case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end
               from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a) as callers
  from pg_proc p where p.pronamespace = 'audit'::regnamespace"""


async def test_each_has_its_owner_its_path_and_its_one_caller(log: Log) -> None:
    rows = await log.admin.fetch(FOUND)
    found = {row["signature"].replace(", ", ","): row for row in rows}
    assert set(found) == set(REVIEWED)
    for signature, row in found.items():
        caller = "kim_cases_app" if REVIEWED[signature]["shows"] == "unit" else "kim_cases_relay"
        assert set(row["callers"]) == {"kim_cases_audit", caller}
        assert (row["owner"], row["is_definer"]) == ("kim_cases_audit", True)
        assert row["settings"] == ["search_path=pg_catalog, audit, pg_temp"]


@pytest.mark.parametrize(
    ("roles", "unit", "tenant", "shown"),
    [
        (("case_manager",), "waf-cm", "", 1),
        (("case_manager",), "waf-other", "", 0),
        (("system",), "waf-cm", "", 1),
        (("system",), "waf-other", "", 0),
        (("dpo",), "waf-dp", "", 1),
        (("dpo",), "waf-dp", "05566", 0),
        (("partner",), "waf-cm", "", 0),
        (("admin", "funding_officer"), "waf-cm", "", 0),
    ],
)
async def test_accesses_are_told_to_the_unit_itself_and_to_the_officer_of_the_tenant(
    log: Log,
    roles: tuple[str, ...],
    unit: str,
    tenant: str,
    shown: int,
) -> None:
    await log.write(1)
    (record,) = await log.admin.fetchval(
        "select record_ids from audit.audit_entry where tenant_id = $1", log.tenant
    )
    async with log.database.transaction(someone(tenant or log.tenant, unit, *roles)) as tx:
        rows: list[Any] = await tx.connection.fetch(
            "select * from audit.accesses($1)", [record, uuid4()]
        )
    assert [(row["unit_id"], row["action"], row["times"]) for row in rows] == [
        ("waf-cm", "change-something", 1)
    ] * shown
    assert "actor" not in (rows[0].keys() if rows else ())
