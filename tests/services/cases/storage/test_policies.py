"""What the database itself refuses, asked directly under the application's role."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest

from services.cases.storage.tables import Table
from shared.secrecy.columns import MARK
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, consent_for, today

TECHNICAL = {
    *("outbox_message", "consumed_event", "idempotency_key", "audit_entry"),
    "audit.audit_entry",
}
TABLES = sorted(Table.metadata.tables)
# The team lead sets rules and approves lists: codes and references, no content.
OF_THE_TEAM_LEAD = {
    "deletion_rule",
    "destruction_list",
    "destruction_item",
    "restriction_release",
    "rule_run",
    # Appoints deputies and sees who opened a case in an emergency; asked in test_standing_in.
    "deputyship",
    "emergency_access",
}
# Of the whole tenant and nobody's data; asked in test_findings_policies.
STEERING = {
    *("structural_finding", "finding_step", "finding_extract", "meeting", "concept_version"),
    *("counselling_offer", "finding_offer"),
}
# Ids and codes for whoever is among the audience; asked in integration_rules.
ADDRESSED = {"feed_entry", "record_change"}
# What the unit's systems asked, for who connects them; asked in integration_rules.
OF_CONNECTORS = {"partner_request"}
OUTSIDE_THE_UNIT = (
    STEERING | ADDRESSED | OF_CONNECTORS | {"reference_counter", "staff_member", "case_type"}
) | {"access_scope", "family_edition"}
CONTENT = sorted(set(TABLES) - TECHNICAL - OF_THE_TEAM_LEAD - OUTSIDE_THE_UNIT)


@pytest.fixture
async def as_application(
    database: Callable[[str], ServiceDatabase],
) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(database("cases").app_dsn)
    transaction = connection.transaction()
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()


async def ask_as(
    connection: "asyncpg.Connection[asyncpg.Record]",
    *,
    actor: str = "urn:test|somebody",
    unit: str = "waf-cm",
    tenant: str = "05570",
    roles: str = ",case_manager,",
    unit_type: str = "CM_TEAM",
) -> None:
    identity = {
        "app.actor": actor,
        "app.unit": unit,
        "app.tenant": tenant,
        "app.roles": roles,
        "app.unit_type": unit_type,
    }
    for name, value in identity.items():
        await connection.execute("select set_config($1, $2, true)", name, value)


async def test_f18_the_database_shows_an_entrusted_note_to_its_owner_only(
    anna: Person,
    case: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    body = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    note = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    query = "select text from note where id = $1"
    await ask_as(as_application, actor=note["owner"])
    stored = await as_application.fetchval(query, note["id"])
    assert stored.startswith(MARK)
    assert "Anvertraut" not in stored
    for roles in (",case_manager,", ",case_manager,team_lead,", ",system,", ",admin,", ",dpo,"):
        await ask_as(as_application, actor="urn:test|colleague", roles=roles)
        assert await as_application.fetchval(query, note["id"]) is None
        count = "select count(*) from note where id = $1"
        assert await as_application.fetchval(count, note["id"]) == 0


async def test_f18_nobody_can_write_an_entrusted_note_in_anothers_name(
    anna: Person,
    case: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    await ask_as(as_application, actor="urn:test|colleague")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_application.execute(
            "insert into note (id, tenant_id, unit_id, case_id, recorded_by, recorded_at, kind,"
            " confidentiality, owner, held_on, text) values (gen_random_uuid(), '05570', 'waf-cm',"
            " $1, 'x', now(), 'FILE', 'ENTRUSTED', 'urn:test|anna', current_date, 'x')",
            case["id"],
        )


@pytest.mark.parametrize("change", ["update note set text = ''", "delete from note"])
async def test_notes_are_never_changed(
    change: str, as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await ask_as(as_application)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_application.execute(change)


@pytest.mark.parametrize("table", TABLES)
async def test_every_table_is_secured_and_not_the_applications_own(
    table: str, as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    found = await as_application.fetchrow(
        "select relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) as owner,"
        " has_table_privilege(oid, 'truncate') as may_truncate"
        " from pg_class where oid = $1::text::regclass",
        table,
    )
    assert found is not None
    assert dict(found) == {
        "relrowsecurity": True,
        "relforcerowsecurity": True,
        "owner": "kim_cases_owner",
        "may_truncate": False,
    }


@pytest.mark.parametrize("table", CONTENT)
async def test_content_shows_to_case_staff_of_its_own_unit_only(
    table: str,
    case_in_monitoring: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    count = f"select count(*) from {table}"
    for stranger in (
        {"tenant": "05566"},
        {"unit": "waf-ki"},
        {"tenant": ""},
        {"roles": ",team_lead,"},
        {"roles": ",admin,"},
        {"roles": ",b3_officer,case_manager,"},
        {"unit_type": "ABH"},
    ):
        await ask_as(as_application, **stranger)
        assert await as_application.fetchval(count) == 0
    if table in {"person", "case_record", "consent", "goal", "measure", "case_phase"}:
        await ask_as(as_application)
        assert await as_application.fetchval(count) > 0


async def test_the_scope_of_a_consent_cannot_be_edited(
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    await ask_as(as_application)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_application.execute("update consent set recipient_unit = 'waf-abh'")


async def test_no_table_holds_a_register_number() -> None:
    """H3: AZR number, customer numbers, tax identifier; and money or numbers as keys of places."""
    columns = {column.name for table in Table.metadata.tables.values() for column in table.columns}
    for word in (
        "azr",
        "customer",
        "kundennummer",
        "bg_number",
        "steuer",
        "tax",
        "idnr",
        "insurance",
    ):
        assert not [name for name in columns if word in name]
    assert str(Table.metadata.tables["case_record"].c.municipality_ags.type) == "VARCHAR(8)"


async def test_every_index_starts_with_the_tenant() -> None:
    leading = {
        index.name: [column.name for column in index.columns][:1]
        for table in Table.metadata.tables.values()
        for index in table.indexes
        if table.name not in TECHNICAL
    }
    assert {name for name, columns in leading.items() if columns != ["tenant_id"]} == set()


OF_A_PERSON = ["id", "is_restricted", "merged_into_id", "restricted_by", "tenant_id", "unit_id"]
STATISTICS = {
    "count_families": ("select * from count_families('2030-01-01')", "any"),
    "units_with_open_case": ("select units_with_open_case(array['nothing'])", "any"),
    "case_extracts": ("select * from case_extracts(5)", "any"),
    "imports_due": ("select * from imports_due('2000-01-01')", "any"),
    "find_persons": ("select * from find_persons(true, 'nobody', null, null, null)", "any"),
    "restriction_of": ("select * from restriction_of(gen_random_uuid())", "any"),
    "search_keys_due": ("select * from search_keys_due(1, 5)", "any"),
    "consents_due": ("select * from consents_due('2000-01-01')", "any"),
}


@pytest.mark.parametrize("name", STATISTICS)
async def test_the_functions_across_units_belong_to_a_role_that_reads_single_columns(
    name: str, as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    found = await as_application.fetchrow(
        "select pg_get_userbyid(proowner) as owner, prosecdef, proconfig"
        " from pg_proc where proname = $1",
        name,
    )
    assert found is not None
    assert (found["owner"], found["prosecdef"]) == ("kim_cases_statistics", True)
    assert "search_path=public, pg_temp" in found["proconfig"]
    readable = await as_application.fetch(
        "select a.attname from pg_attribute a where a.attrelid = 'person'::regclass"
        " and a.attnum > 0 and has_column_privilege('kim_cases_statistics', a.attrelid, a.attnum,"
        " 'select') order by 1"
    )
    assert [row["attname"] for row in readable] == OF_A_PERSON


async def test_without_a_tenant_the_functions_count_nothing(
    case_in_monitoring: dict[str, Any], as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await ask_as(as_application, tenant="")
    assert await as_application.fetch("select * from count_families('2100-01-01')") == []
    await ask_as(as_application, roles=",coordinator,")
    assert await as_application.fetch("select * from consents_due('2100-01-01')") == []
    await ask_as(as_application, roles=",coordinator,")
    assert await as_application.fetch("select * from case_extracts(5)") == []


@pytest.mark.parametrize("state", ["ACTIVE", "DRAFT", "SCHEDULED"])
async def test_a_revoked_consent_never_comes_back(
    anna: Person,
    case: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
    state: str,
) -> None:
    """Forbidden in 6.2; whatever the application asks."""
    consent = await anna.post(f"/v1/cases/{case['id']}/consents", consent_for(case["personId"]))
    path = f"/v1/consents/{consent['id']}/actions"
    given = await anna.give(consent)
    await anna.post(f"{path}/revoke", version=given["version"], status=200)
    await ask_as(as_application)
    with pytest.raises(asyncpg.CheckViolationError):
        await as_application.execute(
            "update consent set state = $1 where id = $2", state, consent["id"]
        )


async def test_only_the_owner_of_an_entrusted_note_hands_it_on(
    anna: Person, case: dict[str, Any], as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    body = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    note = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    await ask_as(as_application, actor="urn:test|colleague")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_application.execute(
            "insert into note_release (id, tenant_id, unit_id, case_id, recorded_by, recorded_at,"
            " note_id, reason, receiver, justification, data_categories, danger_signs)"
            " values (gen_random_uuid(), '05570', 'waf-cm', $1, 'urn:test|colleague', now(), $2,"
            " 'RISK_ASSESSMENT', 'urn:test|colleague', 'x', '{}', 'x')",
            case["id"],
            note["id"],
        )


@pytest.mark.parametrize(
    "change", ["update note_release set receiver = null", "delete from note_release"]
)
async def test_the_log_of_what_was_handed_on_is_never_changed(
    change: str, as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await ask_as(as_application)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_application.execute(change)
