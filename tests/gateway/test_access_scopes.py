"""How far somebody sees by setting, through the one door."""

from tests.gateway.conftest import As
from tests.gateway.test_main_job import TODAY
from tests.gateway.working import ANNA, BERND, bound, done, opened, tried

ADMIN = "waf-admin"
SCOPE = "AccessScopeSuccess accessScope { id unitId role rowScope isInForce confidentialityMax }"
LISTED = """query($actor: String!) { accessScopes(filter: {actor: $actor, isInForce: true}) {
  edges { node { id rowScope } } } }"""
SEEN = """query($id: ID!, $by: String!) { case(id: $id) { id }
  cases(filter: {caseManager: $by}, first: 100) {
  edges { node { id } } } }"""
STAFF = "{ staffMembers(first: 100) { edges { node { actor } } } }"


async def test_a_narrowed_case_manager_finds_what_colleagues_hold_nowhere(as_: As) -> None:
    anna, bernd, admin = as_(ANNA), as_(BERND), as_(ADMIN)
    await bound(anna)
    await bound(bernd)
    made = await opened(anna)
    note = {"kind": "MEETING", "text": "Vermerk.", "heldOn": TODAY}
    await done(anna, "writeNote", "NoteSuccess note { id }", caseId=made["id"], **note)
    edges = (await bernd.data(STAFF))["staffMembers"]["edges"]
    staff = [edge["node"]["actor"] for edge in edges]
    actor, hers = (next(o for o in staff if o.endswith(f"|{one}")) for one in (BERND, ANNA))
    case = {"id": made["id"], "by": hers}
    assert {"node": {"id": made["id"]}} in (await bernd.data(SEEN, **case))["cases"]["edges"]
    where = {"unitId": "waf-cm", "role": "CASE_MANAGER", "actor": actor}
    scope = await done(admin, "setAccessScope", SCOPE, **where, rowScope="ASSIGNED")
    try:
        assert (scope["rowScope"], scope["isInForce"]) == ("ASSIGNED", True)
        seen = await bernd.data(SEEN, **case)
        assert (seen["case"], seen["cases"]["edges"]) == (None, [])
        refused = await tried(anna, "setAccessScope", "__typename", **where, rowScope="AGENCY")
        assert refused["__typename"] == "ForbiddenError"
        edges = (await admin.data(LISTED, actor=actor))["accessScopes"]["edges"]
        assert [edge["node"]["id"] for edge in edges] == [scope["id"]]
    finally:
        ended = await done(admin, "endAccessScope", SCOPE, scopeId=scope["id"])
    assert ended["isInForce"] is False
    seen = await bernd.data(SEEN, **case)
    assert seen["case"] == {"id": made["id"]}
