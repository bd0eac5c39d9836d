"""Every cell of the access table, executed against the database as the application's role."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.cases.domain.access import RIGHTS, Role
from services.cases.domain.access_table import REACHES, TABLE
from services.cases.storage.tables import AuditEntry
from shared.database.statements import table_of
from shared.kernel.access_table import Reach, Relation
from tests.services.cases.conftest import Person, actor_of, today
from tests.services.cases.storage.test_policies import as_application, ask_as

__all__ = ["as_application"]
R = Relation
COLLEAGUE, DEPUTY, OPENER, RECEIVER = (
    f"urn:test|{one}" for one in ("colleague", "deputy", "opener", "receiver")
)
BLIND: Final = ({"unit_type": "ABH"}, {"unit_type": "EBH"}, {"and": "b3_officer"})
NOTES: Final = {
    "NORMAL": {"kind": "MEETING"},
    "CONFIDENTIAL": {"kind": "FILE", "confidentiality": "CONFIDENTIAL"},
    "ENTRUSTED": {"kind": "CONVERSATION"},
}


@pytest.fixture
async def records(anna: Person, bernd: Person, case: dict[str, Any]) -> dict[str, Any]:
    """Anna writes, Bernd is in charge: whoever wrote and whoever leads are two people."""
    await anna.act(case["id"], "assign")
    path, day = f"/v1/cases/{case['id']}/notes", today()
    found = {
        name: (await anna.post(path, {"text": "Vermerk.", "heldOn": day, **body}))["id"]
        for name, body in NOTES.items()
    }
    leader = await actor_of(anna, "manager-2")
    await anna.act(case["id"], "hand-over", caseManager=leader)
    person = f"/v1/persons/{case['personId']}"
    address = {"street": "Am Wall", "houseNumber": "1", "postcode": "48231", "town": "Warendorf",
               "validFrom": "2022-06-01"}  # fmt: skip
    version = (await bernd.get(person))["version"]
    await bernd.put(f"{person}/addresses", {"addresses": [address]}, version=version)
    version = (await bernd.get(person))["version"]
    await bernd.put(f"{person}/restriction", {"isRestricted": True}, version=version)
    writer = await actor_of(anna, "|waf-case-manager")
    return found | {"case": case["id"], "person": case["personId"],
                    "writer": writer, "leader": leader}  # fmt: skip


@pytest.fixture
async def standing_in(
    records: dict[str, Any], as_application: "asyncpg.Connection[asyncpg.Record]"
) -> dict[str, Any]:
    """A deputy, an emergency, a receiver and an audit entry, each written as who may write it."""
    made = {name: uuid4() for name in ("deputyship", "emergency_access", "audit_entry")}
    await ask_as(as_application, actor=records["leader"])
    await as_application.execute(
        "insert into deputyship (id, tenant_id, unit_id, principal, deputy, from_on, to_on,"
        " recorded_by, recorded_at)"
        " values ($1, '05570', 'waf-cm', $2, $3, $4::text::date, $4::text::date, $2, now())",
        made["deputyship"], records["leader"], DEPUTY, today(),
    )  # fmt: skip
    await ask_as(as_application, actor=OPENER)
    await as_application.execute(
        "insert into emergency_access (id, tenant_id, unit_id, case_id, actor, reason,"
        " justification, opened_at, expires_at, version)"
        " values ($1, '05570', 'waf-cm', $2, $3, 'CHILD_AT_RISK', '', now(), now() + $4, 1)",
        made["emergency_access"], UUID(records["case"]), OPENER, timedelta(hours=1),
    )  # fmt: skip
    await ask_as(as_application, actor=records["writer"])
    await as_application.execute(
        "insert into note_release (id, tenant_id, unit_id, case_id, recorded_by, recorded_at,"
        " note_id, reason, receiver, justification, data_categories, danger_signs) values"
        " (gen_random_uuid(), '05570', 'waf-cm', $1, $2, now(), $3, 'RISK_ASSESSMENT', $4, '',"
        " '{}', '')",
        UUID(records["case"]), records["writer"], UUID(records["ENTRUSTED"]), RECEIVER,
    )  # fmt: skip
    return records | made


def asker(relation: Relation, records: Mapping[str, Any]) -> dict[str, str]:
    actor = {
        R.IN_CHARGE: records["leader"],
        R.DEPUTY: DEPUTY,
        R.EMERGENCY: OPENER,
        R.OWNER: records["writer"],
        R.RECEIVER: RECEIVER,
    }.get(relation, COLLEAGUE)
    where = {
        R.OTHER_UNIT: {"unit": "rheine-caritas"},
        R.OTHER_TENANT: {"tenant": "05566"},
    }.get(relation, {})
    return {"actor": actor, **where}


def question(reach: Reach, records: Mapping[str, Any]) -> tuple[str, object]:
    """How many of the very records of this test are seen."""
    match reach.kind:
        case "note":
            return "select count(*) from note where id = $1", UUID(records[reach.confidentiality])
        case "case_record":
            return "select count(*) from case_record where id = $1", UUID(records["case"])
        case "person":
            return "select count(*) from person where id = $1", UUID(records["person"])
        case "address":
            return "select count(*) from address where person_id = $1", UUID(records["person"])
        case "audit_entry":
            log = table_of(AuditEntry).fullname
            entries = f"select least(count(*), 1) from {log} where $1 = any(record_ids)"
            return entries, UUID(records["case"])
        case kind:
            return f"select count(*) from {kind} where id = $1", records[kind]


# Other relations decide on changes alone.
OPENING: Final = {one for reach in REACHES for each in reach.readers.values() for one in each}
CASES_RELATIONS: Final = [one for one in R if one in OPENING | {R.OTHER_UNIT, R.OTHER_TENANT}]
# Whoever was handed an entrusted note on is a colleague of the unit besides.
ALSO: Final = {R.RECEIVER: R.UNIT}


@pytest.mark.parametrize("role", Role)
async def test_every_cell_of_the_table_is_what_the_policies_say(
    role: Role,
    standing_in: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    """Role × relation × kind × confidentiality, deputies and emergencies among them."""
    wrong = []
    for relation in CASES_RELATIONS:
        await ask_as(as_application, **asker(relation, standing_in), roles=f",{role},")
        for reach in REACHES:
            relations = {relation, ALSO.get(relation, relation)}
            expected = any(reach.database_shows(role, one) for one in relations)
            seen = await as_application.fetchval(*question(reach, standing_in))
            if seen != int(expected):
                wrong.append((relation, reach.kind, reach.confidentiality, seen))
    assert wrong == []


@pytest.mark.parametrize("blind", BLIND, ids=str)
async def test_r_a2_to_posts_of_foreigners_authorities_every_cell_is_closed(
    blind: dict[str, str],
    standing_in: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    """Whatever other role they have, and whoever they are; the audit log holds no content."""
    roles = ",".join(
        [*(role for role in Role if role is not Role.B3_OFFICER), blind.get("and", "")]
    )
    identity = {"unit_type": blind["unit_type"]} if "unit_type" in blind else {}
    for relation in CASES_RELATIONS:
        who = asker(relation, standing_in) | identity
        await ask_as(as_application, **who, roles=f",{roles},")
        for reach in REACHES:
            if reach.kind != "audit_entry":
                assert await as_application.fetchval(*question(reach, standing_in)) == 0, reach


def test_the_doors_ask_the_table_that_the_documents_show() -> None:
    assert TABLE.rights is RIGHTS
    assert set(TABLE.rights) == set(Role)
