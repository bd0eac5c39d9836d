"""A case is told of when something of its file changes; of what only one person may read, nothing
is told to anybody else.
"""

from contextlib import AsyncExitStack
from typing import Any

from deploy.local.demo.client import Client
from tests.gateway.conftest import As
from tests.gateway.live.lines import Serving, Socket
from tests.gateway.live.test_who_hears import ANNA, COLLEAGUE, FOREIGN, listener
from tests.gateway.working import bound, done, opened

CHANGED = """subscription($ids: [ID!]) { caseChanged(caseIds: $ids) { event { type }
  case { id tasks { title } notes { text } } } }"""
NOTE = "NoteSuccess note { id }"


async def told(who: Socket) -> Any:
    found = (await who.next())["payload"]["data"]["caseChanged"]
    assert found["event"]["type"] == "kim.cases.case-file-changed.v1"
    return found["case"]


async def test_tasks_and_normal_notes_are_told_and_entrusted_ones_are_not(
    live: Serving, people: Client, as_: As
) -> None:
    await bound(as_(ANNA))
    case = await opened(as_(ANNA))
    note = {"caseId": case["id"], "heldOn": "2022-05-23"}
    async with AsyncExitStack() as stack:
        colleague = await listener(stack, live, people, COLLEAGUE)
        foreign = await listener(stack, live, people, FOREIGN)
        for one in (colleague, foreign):
            await one.subscribe("1", CHANGED, ids=[case["id"]])
        task = {"caseId": case["id"], "title": "Unterlagen anfordern", "dueOn": "2026-12-24"}
        await done(as_(ANNA), "setTask", "TaskSuccess task { id }", **task)
        seen = await told(colleague)
        assert seen["tasks"] == [{"title": "Unterlagen anfordern"}]

        secret = note | {"kind": "CONVERSATION", "text": "Im Vertrauen."}
        await done(as_(ANNA), "writeNote", NOTE, **secret)
        for level in ("CONFIDENTIAL", "NORMAL"):
            given = note | {"kind": "FILE", "text": level, "confidentiality": level}
            await done(as_(ANNA), "writeNote", NOTE, **given)
        # In this order: what comes next is of the normal one, and names no other.
        seen = await told(colleague)
        assert seen["notes"] == [{"text": "NORMAL"}]
        assert await colleague.is_silent()
        assert await foreign.is_silent()
