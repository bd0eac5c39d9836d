"""How far somebody sees by setting: lists, counts, searches and parts agree, at once, and what is
out of it is unknown.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.cases.api.schemas.access_scopes import AccessScopeView
from services.cases.domain.access import RIGHTS, Right
from services.cases.domain.access_scopes import ScopedRole
from tests.services.cases.api.test_case_types import case_of_type, published
from tests.services.cases.api.test_reading import check
from tests.services.cases.conftest import Person, SignedIn, actor_of, today
from tests.services.cases.storage.test_policies import as_application, ask_as

__all__ = ["as_application"]
Set = Callable[..., Any]
# Ids and codes: what opens a case in an emergency, deliveries of machines, what was erased.
OF_THEIR_OWN = {"emergency_access", "erasure_confirmation", "import_line", "kind_erasure"}
THEMSELVES = {"case_record", "family", "feed_entry", "person", "person_merge", "record_change"} | {
    "rights_decision",
    "rights_notice",
    "rights_part",
}
CONFIDENTIAL = {"kind": "FILE", "text": "Vermerk.", "confidentiality": "CONFIDENTIAL"}


@pytest.fixture
def admin(signed_in: SignedIn) -> Person:
    return signed_in("waf-admin")


@pytest.fixture
async def bernds(anna: Person, bernd: Person) -> str:
    return await actor_of(bernd, "manager-2")


@pytest.fixture
async def narrow(admin: Person, bernds: str) -> AsyncIterator[Set]:
    """Narrow what Bernd sees; afterwards he sees as before."""
    body = {"unitId": "waf-cm", "role": "case_manager", "actor": bernds}

    async def to(row_scope: str, **more: Any) -> dict[str, Any]:
        made = await admin.post("/v1/access-scopes", body | {"rowScope": row_scope, **more})
        check(AccessScopeView, made)
        found: dict[str, Any] = made
        return found

    yield to
    for one in (await admin.get("/v1/access-scopes", isInForce="true", actor=bernds))["items"]:
        await admin.post(f"/v1/access-scopes/{one['id']}/actions/end", status=200)


@pytest.fixture
async def annas(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    """A case that Anna holds, with a note and a task."""
    await anna.act(case["id"], "assign")
    note = {"kind": "MEETING", "text": "Vermerk.", "heldOn": today()}
    made = await anna.post(f"/v1/cases/{case['id']}/notes", note)
    secret = await anna.post(f"/v1/cases/{case['id']}/notes", CONFIDENTIAL | {"heldOn": today()})
    return case | {"note": made["id"], "confidential": secret["id"]}


async def sees(who: Person, case: dict[str, Any]) -> bool:
    """Whether they see it, each way that there is saying the same."""
    case_id = case["id"]
    one = await who.client.get(f"/v1/cases/{case_id}", headers={"Authorization": bearer_of(who)})
    listed = await who.get("/v1/cases", **{"id[in]": case_id})
    ways = {
        "read": one.status_code == 200,
        "list": [item["id"] for item in listed["items"]] == [case_id],
    }
    for name, path in {
        "note": f"/v1/notes/{case['note']}",
        "explained": f"/v1/access-explanations/{case_id}",
        "timeline": f"/v1/cases/{case_id}/timeline",
    }.items():
        answer = await who.client.get(path, headers={"Authorization": bearer_of(who)})
        assert answer.status_code in {200, 404}, answer.text
        ways[name] = answer.status_code == 200
    assert len(set(ways.values())) == 1, ways
    return ways["read"]


async def is_narrowed(who: Person, case: dict[str, Any]) -> bool:
    why = await who.get(f"/v1/access-explanations/{case['id']}")
    return "access-scope" in {one["code"] for one in why["narrowedBy"]}


def bearer_of(who: Person) -> str:
    return f"Bearer {who.token}"


async def test_each_scope_shows_in_each_relation_what_it_says_and_at_once(
    anna: Person, bernd: Person, bernds: str, annas: dict[str, Any], narrow: Set
) -> None:
    """Scope × relation; a change holds for the next statement."""
    hers = await actor_of(anna, "|waf-case-manager")
    assert await sees(bernd, annas)
    await narrow("ASSIGNED")
    assert not await sees(bernd, annas)
    assert await sees(anna, annas)
    assert not await is_narrowed(anna, annas)
    await narrow("TEAM", colleagues=[hers])
    assert await sees(bernd, annas)
    assert await is_narrowed(bernd, annas)
    await narrow("TEAM", colleagues=["urn:test|somebody"])
    assert not await sees(bernd, annas)
    await narrow("AGENCY")
    assert await sees(bernd, annas)
    await narrow("ASSIGNED")
    assert not await sees(bernd, annas)
    deputyship = await anna.post(
        "/v1/deputyships", {"deputy": bernds, "fromOn": today(), "toOn": today()}
    )
    assert await sees(bernd, annas)
    await anna.post(f"/v1/deputyships/{deputyship['id']}/actions/end", status=200)
    assert not await sees(bernd, annas)
    why = {"reason": "CHILD_AT_RISK", "justification": "Meldung der Schule, niemand erreichbar."}
    opened = await bernd.post(f"/v1/cases/{annas['id']}/emergency-accesses", why)
    assert await sees(bernd, annas)
    await bernd.post(f"/v1/emergency-accesses/{opened['id']}/actions/end", status=200)
    assert not await sees(bernd, annas)
    await anna.act(annas["id"], "hand-over", caseManager=bernds)
    assert await sees(bernd, annas)


async def test_types_that_are_not_named_are_unknown(
    anna: Person, bernd: Person, signed_in: SignedIn, annas: dict[str, Any], narrow: Set
) -> None:
    keeper = signed_in("waf-coordinator")
    own_type = await published(keeper)
    other = await case_of_type(anna, own_type["code"])
    await narrow("AGENCY", caseTypes=[own_type["code"]])
    assert not await sees(bernd, annas)
    await bernd.get(f"/v1/cases/{other['id']}")
    await narrow("AGENCY", caseTypes=[])
    await bernd.get(f"/v1/cases/{other['id']}", status=404)
    opening = {"origin": "OUTREACH", "pseudonym": "Herr V.", "isAreaResolved": True}
    await bernd.post("/v1/cases", opening | {"caseType": own_type["code"]}, status=404)


async def test_a_class_narrows_and_never_widens(
    anna: Person, bernd: Person, bernds: str, annas: dict[str, Any], narrow: Set
) -> None:
    entrusted = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    secret = await anna.post(f"/v1/cases/{annas['id']}/notes", entrusted)
    confidential = f"/v1/notes/{annas['confidential']}"
    await narrow("AGENCY", confidentialityMax="ENTRUSTED")
    await bernd.get(confidential, status=404)
    await anna.act(annas["id"], "hand-over", caseManager=bernds)
    await bernd.get(confidential)
    await bernd.get(f"/v1/notes/{secret['id']}", status=404)
    await narrow("AGENCY", confidentialityMax="NORMAL")
    await bernd.get(confidential, status=404)
    await bernd.get(f"/v1/notes/{annas['note']}")
    listed = (await bernd.get(f"/v1/cases/{annas['id']}/notes"))["items"]
    assert annas["confidential"] not in {one["id"] for one in listed}
    own = await bernd.post(f"/v1/cases/{annas['id']}/notes", CONFIDENTIAL | {"heldOn": today()})
    await bernd.get(f"/v1/notes/{own['id']}")
    await narrow("AGENCY", confidentialityMax="CONFIDENTIAL")
    await bernd.get(confidential)


async def test_who_holds_a_case_hands_it_over_and_sees_it_no_more(
    anna: Person, bernd: Person, bernds: str, annas: dict[str, Any], narrow: Set
) -> None:
    await anna.act(annas["id"], "hand-over", caseManager=bernds)
    await narrow("ASSIGNED")
    assert await sees(bernd, annas)
    hers = await actor_of(anna, "|waf-case-manager")
    given = await bernd.act(annas["id"], "hand-over", caseManager=hers)
    assert given["caseManager"] == hers
    assert not await sees(bernd, annas)
    assert await sees(anna, annas)


async def test_the_database_lets_nobody_else_take_a_case_out_of_their_own_sight(
    anna: Person,
    annas: dict[str, Any],
    bernds: str,
    narrow: Set,
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    await narrow("TEAM", colleagues=[await actor_of(anna, "|waf-case-manager")])
    give = "update case_record set case_manager = $2 where id = $1"
    await ask_as(as_application, actor=bernds)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with as_application.transaction():
            await as_application.execute(give, annas["id"], "urn:test|somebody")
    assert await sees(anna, annas)


async def test_who_sets_what_is_written_down_and_strangers_set_nothing(
    anna: Person, signed_in: SignedIn, admin: Person, bernds: str, narrow: Set
) -> None:
    first = await narrow("ASSIGNED")
    second = await narrow("AGENCY", confidentialityMax="NORMAL")
    was = await admin.get(f"/v1/access-scopes/{first['id']}")
    assert (was["isInForce"], was["rowScope"], bool(was["endedBy"])) == (False, "ASSIGNED", True)
    assert second["isInForce"]
    audit = (await signed_in("waf-dpo").get("/v1/audit-entries", recordId=second["id"]))["items"]
    assert [one["action"] for one in audit] == ["set-access-scope"]
    path, body = "/v1/access-scopes", {"unitId": "waf-cm", "role": "case_manager"}
    for persona in ("waf-case-manager", "waf-team-lead", "waf-dpo", "waf-coordinator"):
        await signed_in(persona).post(path, body | {"rowScope": "AGENCY"}, status=403)
        await signed_in(persona).get(path, status=403)
    foreign = signed_in("st-admin")
    await foreign.get(f"{path}/{second['id']}", status=404)
    await foreign.post(f"{path}/{second['id']}/actions/end", status=404)
    await admin.post(path, body | {"rowScope": "TEAM"}, status=422)
    await admin.post(path, body | {"rowScope": "AGENCY", "role": "team_lead"}, status=422)
    ended = await admin.post(f"{path}/{second['id']}/actions/end", status=200)
    assert ended["isInForce"] is False
    await admin.post(f"{path}/{second['id']}/actions/end", status=409)


async def test_the_database_takes_a_setting_of_the_administration_only(
    annas: dict[str, Any], as_application: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """For the role of a whole unit; the person's own setting goes before it."""
    insert = (
        "insert into access_scope (id, tenant_id, unit_id, role, actor, row_scope, colleagues,"
        " confidentiality_max, recorded_by, recorded_at)"
        " values ($1, '05570', 'waf-cm', 'case_manager', $2, $3, '{}', 'ENTRUSTED', $4, now())"
    )
    me, admin = "urn:test|somebody", "urn:test|admin"
    for who, roles, about in ((me, ",case_manager,", None), (admin, ",admin,", admin)):
        await ask_as(as_application, actor=who, roles=roles)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with as_application.transaction():
                await as_application.execute(insert, uuid4(), about, "AGENCY", who)
    visible = "select count(*) from {} where {} = $1"

    async def counted() -> list[int]:
        await ask_as(as_application, actor=me)
        return [
            await as_application.fetchval(visible.format(table, column), annas["id"])
            for table, column in (("case_record", "id"), ("note", "case_id"))
        ]

    assert await counted() == [1, 1]
    for about, scope, expected in ((None, "ASSIGNED", [0, 0]), (me, "AGENCY", [1, 1])):
        await ask_as(as_application, actor=admin, roles=",admin,", unit="waf-ki")
        await as_application.execute(insert, uuid4(), about, scope, admin)
        assert await counted() == expected


async def test_what_hangs_on_a_case_or_a_person_is_seen_with_it(
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    """A new table fails here until its migration says so."""
    hanging = await as_application.fetch(
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name in ('case_id', 'person_id', 'family_id')"
    )
    walled = await as_application.fetch(
        "select tablename from pg_policies where policyname = 'in_scope'"
        " and permissive = 'RESTRICTIVE' and cmd = 'SELECT'"
    )
    assert {row[0] for row in walled} == {row[0] for row in hanging} - OF_THEIR_OWN | THEMSELVES


def test_the_roles_that_can_be_narrowed_are_those_that_read_cases() -> None:
    readers = {role.value for role, rights in RIGHTS.items() if Right.READ_CASES in rights}
    assert {one.value for one in ScopedRole} == readers
