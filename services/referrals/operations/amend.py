"""Change what was sent: judged again like a sending, logged by paths, told to both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.referrals.domain.amendments import AmendReason, NothingAmended, changed_paths
from services.referrals.domain.answers import ReasonIsForTheSystem
from services.referrals.domain.codes import (
    ACCEPTED_OR_LATER,
    DataCategory,
    Side,
    Topic,
    Urgency,
)
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.guards import TO_SUBMIT
from services.referrals.domain.legal_ground import DisclosureDecision, LegalGround
from services.referrals.domain.notices import NoticeKind
from services.referrals.domain.overlays import OverlayAction, TooLateToAmend, require_overlay
from services.referrals.domain.sharing import Content, age_band
from services.referrals.operations.attach import choose
from services.referrals.operations.disclose import disclose
from services.referrals.operations.notify import open_notice
from services.referrals.operations.records import disclosure_record, ground_columns, ground_record
from services.referrals.operations.sending import stored_sending
from services.referrals.operations.steps import (
    Change,
    Held,
    answer,
    begin_overlay,
    finish,
    present,
    side_of,
)
from services.referrals.storage.directory_lookups import lock_declarations
from services.referrals.storage.disclosures import find_content, keep_content, number_content
from services.referrals.storage.exchange import next_amendment
from services.referrals.storage.ground_forms import read_ground
from services.referrals.storage.lookups import (
    find_sender_record,
    referral_for_update,
)
from services.referrals.storage.tables import AmendmentRow, SenderRecordRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound, Refusal
from shared.kernel.ids import new_id
from shared.kernel.lifecycle import require_guards
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """What the sender says now; what is None stays as it was."""

    referral_id: UUID
    expected_version: int | None
    reason: AmendReason
    content: Content | None = None
    birth_date: date | None = None
    disputed_fields: frozenset[str] | None = None
    secret_categories: frozenset[DataCategory] | None = None
    ground: LegalGround | None = None
    disclosure: DisclosureDecision | None = None
    topic: Topic | None = None
    urgency: Urgency | None = None
    language: str | None = None
    interpreter_needed: bool | None = None
    attachment_ids: tuple[UUID, ...] | None = None


async def amend(tx: Transaction, command: Amend) -> Answer:
    """Every precondition of sending holds at the commit of this, or nothing changes.

    Raises NotFound, NotYourSide, TooLateToAmend, TransitionNotAllowed, NothingAmended,
    GuardFailed, ReasonIsForTheSystem, AttachmentUnknown, AttachmentMissing, VersionMissing, Stale.
    """
    if command.reason is AmendReason.COUNTER_PROPOSAL:
        raise ReasonIsForTheSystem
    action = OverlayAction.AMEND
    stored = await sender_ground(tx, command.referral_id, action, replaced_by=command.ground)
    ground = command.ground or stored
    held = await begin_overlay(
        tx, command.referral_id, OverlayAction.AMEND, command.expected_version
    )
    stored_content = await find_content(tx, held.id)
    if stored_content is None:
        raise TooLateToAmend(state=held.state.value)
    before = dict(stored_content)
    instant = now()
    values = _preview(command, instant)
    paths = _paths(command, dict(held.row), before, values)
    if command.ground is not None and command.ground != stored:
        values |= ground_columns(command.ground)
        await tx.update(SenderRecordRow, held.id, **ground_record(tx.caller, command.ground))
        paths.append("legalGround")
    if command.disclosure is not None:
        decision = disclosure_record(tx.caller, command.disclosure)
        await tx.update(SenderRecordRow, held.id, disclosure_decision=decision)
        paths.append("disclosureDecision")
    if command.attachment_ids is not None:
        version = held.row["content_version"] + 1
        changed = await choose(tx, held.id, command.attachment_ids, version)
        paths += [f"attachments.{category}" for category in sorted(changed)]
    if not paths:
        raise NothingAmended
    await keep_content(tx, held.id, _content(command, before), is_new=False)
    sending, digest = await stored_sending(tx, dict(held.row) | values, ground)
    await record_amendment(
        tx,
        held,
        Amendment(command.reason, tuple(paths), values, sending, digest, instant),
    )
    return await answer(tx, held.id)


async def sender_ground(
    tx: Transaction,
    referral_id: UUID,
    action: OverlayAction,
    *,
    replaced_by: LegalGround | None = None,
) -> LegalGround | None:
    """The ground on which the referral was sent, its declarations locked until commit.

    Before the row, as a revocation does: who waits for whom is the same everywhere.
    Raises NotYourSide or TransitionNotAllowed for the other side, NotFound for strangers.
    """
    known = await find_sender_record(tx, referral_id)
    if known is None:
        raise await _refused_to_others(tx, referral_id, action)
    stored = read_ground(known["legal_ground"])
    grounds = [ground for ground in (stored, replaced_by) if ground is not None]
    await lock_declarations(tx, *(one for ground in grounds for one in ground.references))
    return stored


@dataclass(frozen=True, slots=True)
class Told:
    """How an amendment is told of where it is part of another step."""

    fact: str
    extra: dict[str, Any]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment whose parts are written, to be judged and told of."""

    reason: AmendReason
    paths: tuple[str, ...]
    values: dict[str, Any]
    sending: Sending
    digest: str
    at: datetime
    told: Told | None = None


async def record_amendment(tx: Transaction, held: Held, made: Amendment) -> None:
    """Judge it as a sending; write row, log, event and the manifest of the new version.

    Raises GuardFailed, DisclosureNotDecided.
    """
    facts = ReferralFacts(now=made.at, sending=made.sending)
    require_guards(TO_SUBMIT, facts, action=OverlayAction.AMEND.value)
    number, version = await next_amendment(tx, held.id), held.row["content_version"] + 1
    await tx.insert(
        AmendmentRow,
        id=new_id(),
        referral_id=held.id,
        number=number,
        at=made.at,
        actor_unit=tx.caller.unit_id,
        reason=made.reason.value,
        changed_fields=sorted(made.paths),
        version_before=version - 1,
        version_after=version,
        digest_before=held.row["payload_digest"],
        digest_after=made.digest,
    )
    reason = made.reason.value
    told = made.told or Told(
        fact="amended",
        extra={"number": number, "content_version": version, "reason": reason},
        codes=(reason,),
    )
    change = Change(
        fact=told.fact,
        at=made.at,
        to_state=held.state,
        values=made.values | {"payload_digest": made.digest, "content_version": version},
        extra=told.extra,
        codes=told.codes,
    )
    await finish(tx, held, change)
    await number_content(tx, held.id, version)
    row = dict(held.row) | change.values
    await disclose(tx, row, made.sending, digest=made.digest)
    if made.reason is AmendReason.CORRECTION and held.state in ACCEPTED_OR_LATER:
        await open_notice(tx, held.row, NoticeKind.DATA_CORRECTED, made.at, Side.SENDER)


def _preview(command: Amend, instant: datetime) -> dict[str, Any]:
    given = {
        "topic": command.topic and command.topic.value,
        "urgency": command.urgency and command.urgency.value,
        "language": command.language,
        "interpreter_needed": command.interpreter_needed,
    }
    if command.birth_date is not None:
        given["age_band"] = age_band(command.birth_date, berlin_date(instant)).value
    return {name: value for name, value in given.items() if value is not None}


def _paths(
    command: Amend, row: Mapping[str, Any], before: Mapping[str, Any], values: dict[str, Any]
) -> list[str]:
    content = before["content"] if command.content is None else command.content
    paths = [f"content.{path}" for path in changed_paths(before["content"], content)]
    after = _content(command, before)
    for column, path in (
        ("disputed_fields", "disputedFields"),
        ("secret_categories", "secretCategories"),
    ):
        if set(before[column]) != set(after[column]):
            paths.append(path)
    names = {"interpreter_needed": "interpreterNeeded", "age_band": "ageBand"}
    paths += [names.get(name, name) for name, value in values.items() if row[name] != value]
    return paths


def _content(command: Amend, before: Mapping[str, Any]) -> dict[str, Any]:
    disputed, secret = command.disputed_fields, command.secret_categories
    return {
        "content": before["content"] if command.content is None else dict(command.content),
        "disputed_fields": before["disputed_fields"] if disputed is None else sorted(disputed),
        "secret_categories": before["secret_categories"]
        if secret is None
        else sorted(category.value for category in secret),
    }


async def _refused_to_others(tx: Transaction, referral_id: UUID, action: OverlayAction) -> Refusal:
    row = await referral_for_update(tx, referral_id)
    held = Held(row, side_of(row, tx.caller))
    require_overlay(held.state, action, held.side, present(row))
    assert held.side is not Side.SENDER
    return NotFound()
