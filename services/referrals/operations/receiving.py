"""What the recipient does: pull, review, accept or refuse, serve, and answer at the end."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referrals.domain.answers import Problem, outcome_for_sender, recipients_problems
from services.referrals.domain.codes import Outcome, ReferralAction, ReferralState
from services.referrals.domain.disclosures import Channel
from services.referrals.domain.events import FACTS
from services.referrals.domain.facts import Answer as Answered
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.labels import REJECT_REASONS
from services.referrals.domain.lifecycle import CONSENT_STILL_STANDS, next_state
from services.referrals.domain.receipt import text_digest
from services.referrals.operations.disclose import (
    open_content,
    open_sealed,
    require_still_decided,
)
from services.referrals.operations.records import digest_of
from services.referrals.operations.steps import Change, Held, answer, begin, finish
from services.referrals.storage.lookups import (
    keep_outcome,
)
from services.referrals.storage.tables import ReferralRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.lifecycle import require_guards
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class Act:
    """Which referral, in which version the caller has seen it, and what the caller adds."""

    referral_id: UUID
    expected_version: int | None
    answered: Answered = field(default_factory=Answered)


async def pull(tx: Transaction, act: Act) -> Answer:
    """X4, X9: the recipient's unit has collected it."""
    return await _step(tx, act, ReferralAction.PULL, delivered_at=now())


async def start_review(tx: Transaction, act: Act) -> Answer:
    """X5."""
    return await _step(tx, act, ReferralAction.START_REVIEW)


async def accept(tx: Transaction, act: Act, *, digest: str | None) -> Answer:
    """X6: the recipient takes the person on and from now on sees the content.

    The content is readable for the recipient only with the new state, so the state is written
    first and its integrity judged then; a digest that does not match takes everything back.
    `digest` is what the recipient's own system holds, if it has one. What the database refuses
    with that update (`acceptance_gate`) is said in words before it.
    """
    held = await begin(tx, act.referral_id, ReferralAction.ACCEPT, act.expected_version)
    await require_still_decided(tx, held.id)
    facts = ReferralFacts(now=now(), consent_revoked_at=held.row["consent_revoked_at"])
    require_guards((CONSENT_STILL_STANDS,), facts, action=ReferralAction.ACCEPT.value)
    await tx.update(ReferralRow, held.id, state=ReferralState.ACCEPTED.value)
    is_whole = held.row["payload_digest"] == await _digest_here(tx, held)
    is_the_same = digest in {None, held.row["payload_digest"]}
    confirmed = replace(act.answered, integrity_confirmed=is_whole and is_the_same)
    instant = now()
    await conclude(tx, held, ReferralAction.ACCEPT, confirmed, instant, {"answered_at": instant})
    return await answer(tx, held.id)


async def _digest_here(tx: Transaction, held: Held) -> str:
    """Over what the recipient is given: the ciphertext, or content, notes and files."""
    if held.row["is_sealed"]:
        return text_digest(await open_sealed(tx, held.id))
    opened = await open_content(tx, held.id, Channel.REST)
    return digest_of(
        opened.content, opened.disputed_fields, opened.secret_categories, opened.attachments
    )


async def reject(tx: Transaction, act: Act) -> Answer:
    """X7: with at least one coded problem. Raises ReasonIsForTheSystem for `expired`."""
    problems = recipients_problems(act.answered.problems)
    held = await begin(tx, act.referral_id, ReferralAction.REJECT, act.expected_version)
    instant = now()
    await conclude(
        tx,
        held,
        ReferralAction.REJECT,
        act.answered,
        instant,
        {"answered_at": instant, "problems": [_form(problem) for problem in problems]},
        extra={"problem_types": tuple(problem.type for problem in problems)},
        codes=[problem.reason.value for problem in problems],
    )
    return await answer(tx, held.id)


async def start_service(tx: Transaction, act: Act) -> Answer:
    """X13: the first contact was made."""
    return await _step(tx, act, ReferralAction.START_SERVICE)


async def give_back(tx: Transaction, act: Act) -> Answer:
    """X14, X16: ended without the service, with a coded outcome."""
    return await _end(tx, act, ReferralAction.RETURN)


async def complete(tx: Transaction, act: Act) -> Answer:
    """X15: the service was given; the outcome reaches the sender only where that is covered."""
    return await _end(tx, act, ReferralAction.COMPLETE)


async def _end(tx: Transaction, act: Act, action: ReferralAction) -> Answer:
    held = await begin(tx, act.referral_id, action, act.expected_version)
    outcome = act.answered.outcome or Outcome.UNKNOWN
    told = outcome_for_sender(outcome, covers_feedback=held.row["covers_feedback"])
    shown = told.value if told else None
    await conclude(
        tx,
        held,
        action,
        act.answered,
        now(),
        {"outcome": shown},
        extra={"outcome": shown},
        codes=[shown] if shown else [],
    )
    await keep_outcome(tx, held.id, outcome.value)
    return await answer(tx, held.id)


async def _step(tx: Transaction, act: Act, action: ReferralAction, **values: Any) -> Answer:
    held = await begin(tx, act.referral_id, action, act.expected_version)
    await conclude(tx, held, action, act.answered, now(), values)
    return await answer(tx, held.id)


async def conclude(
    tx: Transaction,
    held: Held,
    action: ReferralAction,
    answered: Answered,
    instant: datetime,
    values: dict[str, Any],
    *,
    sending: Sending | None = None,
    extra: dict[str, Any] | None = None,
    codes: list[str] | None = None,
) -> None:
    """Write the step that the recipient's facts permit."""
    facts = ReferralFacts(
        now=instant,
        sending=sending,
        answer=answered,
        expires_at=held.row["expires_at"],
        consent_revoked_at=held.row["consent_revoked_at"],
    )
    change = Change(
        fact=FACTS[action],
        at=instant,
        to_state=next_state(held.state, action, held.side, facts),
        values=values,
        extra=extra,
        codes=codes or [],
    )
    await finish(tx, held, change)


def _form(problem: Problem) -> dict[str, Any]:
    title = REJECT_REASONS[problem.reason]
    return {
        "type": problem.type,
        "reason": problem.reason.value,
        "title": {"de": title.de, "en": title.en},
        "detail": problem.detail,
        "instance": problem.instance,
    }
