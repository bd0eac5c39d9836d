"""Every guard of every move of a consent, asked over the interface: only it fails, it says so in
two languages, and nothing is stored.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.cases.domain.consent_lifecycle import (
    CONSENT_LIFECYCLE,
    ConsentAction,
    ConsentState,
)
from shared.kernel.clock import berlin_date, now
from shared.kernel.lifecycle import Guard
from tests.services.cases.conftest import Person, client_named, consent_for
from tests.services.cases.proofs.stored import OF_CASE, Connection, stored

S, A = ConsentState, ConsentAction
MOVES = [(state, action) for state, row in CONSENT_LIFECYCLE.moves.items() for action in row]
GUARDS = [
    (state, action, guard)
    for state, action in MOVES
    for guard in CONSENT_LIFECYCLE.moves[state][action].guards
]
# Giving one that begins later schedules it, so that its giving never fails for that.
SCHEDULED_INSTEAD = (S.DRAFT, A.GIVE, "validity-begun")
# The successor ends the old one in its own transaction; nobody can ask for it.
BY_ITS_SUCCESSOR_ONLY = (S.ACTIVE, A.SUPERSEDE)
YEAR = timedelta(days=360)


def day(distance: int) -> date:
    return berlin_date(now()) + timedelta(days=distance)


@dataclass(slots=True)
class Given:
    """A consent in the state that is asked, beginning and ending on the days that are asked."""

    person: Person
    admin: Connection
    id: str = ""
    case_id: str = ""
    client_id: str = ""

    async def open(self) -> None:
        opening = {"origin": "SELF_CONTACT", "members": [client_named("Petrenko")]}
        case = await self.person.post("/v1/cases", opening)
        self.case_id, self.client_id = case["id"], case["personId"]

    async def draft(self, begins: date, *, is_proven: bool = True, **changes: Any) -> None:
        terms = {"givenOn": day(-700).isoformat(), "validFrom": begins.isoformat()} | changes
        terms.setdefault("validTo", (begins + YEAR).isoformat())
        body = consent_for(self.client_id, **terms)
        drafted = await self.person.post(f"/v1/cases/{self.case_id}/consents", body)
        self.id = drafted["id"]
        if is_proven and drafted["evidenceDocumentId"]:
            await self.person.prove(drafted)

    async def reach(self, state: ConsentState) -> None:
        if state is S.REFUSED:
            await self.act("refuse")
        elif state is not S.DRAFT:
            await self.act("give")
        if state is S.REVOKED:
            await self.act("revoke")
        if state is S.EXPIRED:
            await self.move(begins=day(-300), ends=day(-1))
            await self.act("expire")
        if state is S.SUPERSEDED:
            old = self.id
            await self.draft(day(0))
            await self.act("give")
            self.id = old
        if state is S.INVALID:
            await self.act("invalidate", officerReference="DSB 1/2022")
        assert (await self.read())["state"] == state

    async def read(self) -> Any:
        return await self.person.get(f"/v1/consents/{self.id}")

    async def act(self, action: str, status: int = 200, **body: Any) -> Any:
        how: dict[str, Any] = {"version": (await self.read())["version"], "status": status}
        how["language"] = body.pop("language", "de")
        return await self.person.post(
            f"/v1/consents/{self.id}/actions/{action}", body or None, **how
        )

    async def move(self, *, begins: date, ends: date) -> None:
        """The administrator moves the calendar of this consent."""
        await self.admin.execute(
            "update consent set valid_from = $2, valid_to = $3 where id = $1::uuid",
            self.id, begins, ends,
        )  # fmt: skip


async def given(
    person: Person, admin: Connection, state: ConsentState, action: ConsentAction, lacking: str
) -> Given:
    """In `state`, with all that `action` asks for but for the guard that is lacking."""
    consent = Given(person, admin)
    await consent.open()
    evidence = None if lacking == "consent-complete" else str(uuid4())
    is_later = state is S.SCHEDULED or (action is A.SCHEDULE and lacking != "validity-not-begun")
    begins = day(-30) if lacking == "validity-not-over" and state is S.DRAFT else day(3 * is_later)
    ends = {"validTo": day(-1).isoformat()} if begins < day(0) else {}
    is_proven = lacking != "evidence-stored"
    await consent.draft(begins, is_proven=is_proven, evidenceDocumentId=evidence, **ends)
    await consent.reach(state)
    if action is A.ACTIVATE and lacking != "validity-begun":
        is_over = lacking == "validity-not-over"
        await consent.move(begins=day(-9), ends=day(-1 if is_over else 1))
    if action is A.EXPIRE and lacking != "validity-over":
        await consent.move(begins=day(-9), ends=day(-1))
    return consent


def body_of(action: ConsentAction, lacking: str) -> dict[str, Any]:
    is_ordered = action is A.INVALIDATE and lacking != "ordered-by-dpo"
    return {"officerReference": "DSB 12/2022"} if is_ordered else {}


@pytest.mark.parametrize(("state", "action"), MOVES, ids=str)
async def test_what_is_prepared_lets_the_step_succeed(
    anna: Person, admin: Connection, state: ConsentState, action: ConsentAction
) -> None:
    """So that each refusal below has the one reason that its test names."""
    consent = await given(anna, admin, state, action, "")
    before = await consent.read()
    if (state, action) == BY_ITS_SUCCESSOR_ONLY:
        old = consent.id
        await consent.draft(day(0))
        await consent.act("give")
        consent.id = old
        assert (await consent.read())["state"] == S.SUPERSEDED
        return
    after = await consent.act(action, **body_of(action, ""))
    assert after["state"] == CONSENT_LIFECYCLE.moves[state][action].to
    assert after["version"] == before["version"] + 1


@pytest.mark.parametrize(
    ("state", "action", "guard"),
    GUARDS,
    ids=lambda value: value.id if isinstance(value, Guard) else str(value),
)
async def test_a_guard_alone_refuses_the_step_and_nothing_changes(
    anna: Person,
    admin: Connection,
    state: ConsentState,
    action: ConsentAction,
    guard: Guard[Any],
) -> None:
    if (state, action, guard.id) == SCHEDULED_INSTEAD:
        consent = await given(anna, admin, S.DRAFT, A.SCHEDULE, "")
        assert (await consent.act("give"))["state"] == S.SCHEDULED
        return
    consent = await given(anna, admin, state, action, guard.id)
    await consent.read()
    before = await stored(admin, OF_CASE, consent.case_id)
    shown = await admin.fetchval("select version from consent where id = $1::uuid", consent.id)
    path = f"/v1/consents/{consent.id}/actions/{action}"
    for language in ("de", "en"):
        problem = await anna.post(
            path, body_of(action, guard.id) or None, version=shown, status=422, language=language
        )
        assert problem["guards"] == [guard.id]
        assert problem["detail"] == getattr(guard.message, language)
    assert await stored(admin, OF_CASE, consent.case_id) == before
