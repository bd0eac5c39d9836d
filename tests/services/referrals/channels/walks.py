"""A referral on its way to an authority, and what is decided about it."""

from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any
from uuid import uuid4

import httpx

from services.referrals.domain.disclosures import MESSAGES
from tests.services.referrals.channels.person import (
    Mark,
    application_of,
    content_of,
    paths_of,
)
from tests.services.referrals.channels.world import (
    AUTHORITY,
    HEAD,
    MACHINE,
    OF_UNIT,
    SENDER,
    World,
)
from tests.services.referrals.desk import Desk

ATTACHED = "attachments.identity"


def message_to(unit_id: str) -> str:
    """What the sender writes: what went to a unit before stays with that unit."""
    return f"message.sender.{unit_id}"


class Decision(StrEnum):
    """What the sender encloses, or its head decides, before the referral is sent."""

    NONE = auto()
    ENCLOSED_IN_PART = auto()
    ENCLOSED_IN_FULL = auto()
    BY_THE_HEAD = auto()
    REFUSED_BY_THE_HEAD = auto()


@dataclass(frozen=True, slots=True)
class Script:
    recipient: str
    parts: frozenset[str]
    decision: Decision
    steps: tuple[str, ...]


@dataclass
class Walk:
    """One referral under way; `document` is the referral as its sender saw it last."""

    world: World
    script: Script
    number: int
    content: dict[str, Any]
    case_id: str = field(default_factory=lambda: str(uuid4()))
    document: dict[str, Any] = field(default_factory=dict)
    enclosed: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.document["id"])

    @property
    def path(self) -> str:
        return f"/v1/referrals/{self.id}"

    @property
    def sender(self) -> Desk:
        return self.world.desk(SENDER)

    @property
    def recipient(self) -> Desk:
        """The authority's system every second time."""
        unit_id = self.document["recipientUnit"]
        if unit_id == AUTHORITY and self.number % 2:
            return self.world.desk(MACHINE)
        return self.world.desk(OF_UNIT[unit_id])

    def word(self, path: str) -> str:
        return self.world.canaries.word(Mark(self.number, path))

    async def act(self, desk: Desk, action: str, body: Any = None) -> httpx.Response:
        answer = await desk.act(self.document, action, body)
        if answer.is_success:
            await self.look()
        return answer

    async def look(self) -> None:
        self.document = await self.sender.read(self.id)

    def release(self, fields: list[str]) -> None:
        self.world.released[self.number] |= set(fields)
        if MESSAGES in fields:
            self.world.released[self.number].add(message_to(AUTHORITY))


async def begin(world: World, script: Script) -> Walk:
    """The draft."""
    world.referrals += 1
    number = world.referrals
    world.released[number] = set()
    content = content_of(world.canaries, number, script.parts)
    found = Walk(world, script, number, content)
    body = application_of(world.canaries, number, script.recipient, content)
    body |= {"caseId": found.case_id, "disclosureDecision": enclosed(found)}
    made = await found.sender.post("/v1/referrals", body)
    assert made.status_code == httpx.codes.CREATED, made.text
    found.document = made.json()
    world.note("referral_id", found.id)
    return found


def enclosed(walk: Walk) -> dict[str, Any] | None:
    """The decision that the sender brings along, over what the content says now."""
    fields = [*paths_of(walk.content), ATTACHED, MESSAGES]
    if walk.script.decision is Decision.ENCLOSED_IN_PART:
        fields = fields[2:]
    elif walk.script.decision is not Decision.ENCLOSED_IN_FULL:
        return None
    walk.enclosed = fields
    return {
        "ground": "CLIENT_CONSENT",
        "decidedAt": "2026-03-10T09:00:00Z",
        "fields": fields,
        "clientInformed": True,
        "reason": f"Hilfe beim Antrag, {walk.word('decision.reason')}",
    }


async def decide(walk: Walk, outcome: str) -> None:
    fields = [*paths_of(walk.content), ATTACHED, MESSAGES]
    answer = await walk.world.desk(HEAD).post(
        "/v1/disclosure-decisions",
        {
            "referralId": walk.id,
            "recipientUnit": AUTHORITY,
            "outcome": outcome,
            "ground": "AUFENTHG_87_1",
            "fields": fields,
            "clientInformed": True,
            "reason": f"Anfrage der Behörde, {walk.word('decision.reason')}",
        },
    )
    if answer.is_success:
        walk.world.note("decision_id", answer.json()["id"])
        if outcome == "RELEASE":
            walk.release(fields)
