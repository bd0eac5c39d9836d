"""Who decides what an authority for foreigners or naturalisation is told, and what that proves.

Nothing here is automatic: a decision is a person's, and it is written down either way (R-A1).
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.referrals.domain.legal_ground import DisclosureDecision, DisclosureGround
from services.referrals.domain.receipt import payload_digest
from shared.kernel.errors import NotPermitted, RuleViolated
from shared.kernel.text import Text

DISPUTED: Final = Text(
    de="Die betroffene Person bestreitet, dass diese Angabe richtig ist (§ 84 Abs. 2 SGB X).",
    en="The person disputes that this is correct (§ 84 (2) SGB X).",
)


MESSAGES: Final = "messages"
"""Among the fields of a decision: the free text of the thread. It names no part of the content."""


class DecisionOutcome(StrEnum):
    RELEASE = "RELEASE"
    REFUSE = "REFUSE"


class Channel(StrEnum):
    """Ways by which content leaves; each goes through `operations.disclose.open_content`."""

    REST = "REST"
    ATTACHMENT = "ATTACHMENT"
    MESSAGE = "MESSAGE"
    LINK = "LINK"
    ENCRYPTED = "ENCRYPTED"
    EXPORT = "EXPORT"


class DisclosureNotDecided(RuleViolated):
    code = "disclosure-not-decided"
    title = Text(
        de="Für diese Stelle gibt es keine Entscheidung, die alle Felder der Weitergabe nennt.",
        en="For this unit there is no decision that names every field of what is disclosed.",
    )


class DecisionNotNeeded(RuleViolated):
    code = "decision-not-needed"
    title = Text(
        de="Nur über die Weitergabe an eine Ausländer- oder Einbürgerungsbehörde wird entschieden.",
        en="Only disclosure to a foreigners or naturalisation authority is decided on.",
    )


class HeadDecides(NotPermitted):
    code = "head-decides"
    title = Text(
        de="Ohne Einwilligung der Person entscheidet die Leitung der absendenden Stelle.",
        en="Without the person's consent the head of the sending unit decides.",
    )


def is_for_the_head(ground: DisclosureGround) -> bool:
    """Whoever works with the person can write down its consent; all else its unit's head."""
    return ground is not DisclosureGround.CLIENT_CONSENT


def standing_decision(
    recorded: tuple[UUID, DecisionOutcome, DisclosureDecision] | None,
    enclosed: DisclosureDecision | None,
) -> DisclosureDecision | None:
    """The decision under which something may go; None where there is none, or a refusal.

    What the sender encloses counts as the person's consent only: not against a refusal, nor
    against the head's decision; a new consent takes the place of an older one.
    """
    if enclosed is not None and is_for_the_head(enclosed.ground):
        enclosed = None
    if recorded is None:
        return enclosed
    record_id, outcome, decision = recorded
    if outcome is DecisionOutcome.REFUSE:
        return None
    known = (decision.decided_at, decision.fields)
    is_new = enclosed is not None and (enclosed.decided_at, enclosed.fields) != known
    if is_new and not is_for_the_head(decision.ground):
        return enclosed
    return replace(decision, record_id=record_id)


def receipt_digest(receipt: Mapping[str, Any]) -> str:
    """What both sides compute over the receipt as it is published, and compare."""
    return payload_digest(receipt)
