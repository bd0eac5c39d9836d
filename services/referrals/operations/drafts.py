"""Write a referral down, change it while it is a draft, and send it at once when asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.referrals.domain.agencies import UnitUnknown
from services.referrals.domain.areas import Place
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    Mode,
    Purpose,
    ReferralAction,
    ReferralState,
    Side,
    Topic,
    Urgency,
)
from services.referrals.domain.deadlines import Deadlines
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.legal_ground import (
    DisclosureDecision,
    LegalGround,
    ProtectionSteps,
)
from services.referrals.domain.naming import require_anonymous_place
from services.referrals.domain.ownership import require_transferable
from services.referrals.domain.routing import RoutingDecision, route
from services.referrals.domain.sharing import Content, PayloadFacts, age_band
from services.referrals.domain.subject import subject_reference
from services.referrals.operations.disclose import decision_for
from services.referrals.operations.records import (
    digest_of,
    disclosure_record,
    ground_columns,
    ground_record,
    place_columns,
    routing_columns,
    subject_digest,
)
from services.referrals.operations.sending import dispatch, parties, with_revocations
from services.referrals.operations.steps import Change, answer, begin, tell
from services.referrals.storage.directory_lookups import (
    find_agencies,
    lock_declarations,
    rules_on,
)
from services.referrals.storage.disclosures import keep_content
from services.referrals.storage.ground_forms import steps_form
from services.referrals.storage.lookups import (
    delete_place,
)
from services.referrals.storage.tables import PlaceRow, ReferralRow, SenderRecordRow
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


class RecipientIsSender(RuleViolated):
    code = "recipient-is-sender"
    title = Text(
        de="Eine Zusteuerung geht an eine andere Stelle.",
        en="A referral goes to another unit.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything the sender says. Without `recipient_unit` the rules choose it from `place`."""

    mode: Mode
    service_code: str
    topic: Topic
    purpose: Purpose
    urgency: Urgency
    language: str
    interpreter_needed: bool
    age_band: AgeBand | None
    birth_date: date | None
    subject_reference: str
    recipient_unit: str | None
    place: Place
    content: Content
    disputed_fields: frozenset[str] = frozenset()
    secret_categories: frozenset[DataCategory] = frozenset()
    ground: LegalGround | None = None
    disclosure: DisclosureDecision | None = None
    protection_steps: ProtectionSteps | None = None
    case_id: UUID | None = None
    signposting_id: UUID | None = None
    transfers_ownership: bool = False
    follows_id: UUID | None = None


async def create_referral(
    tx: Transaction, draft: Draft, *, is_to_be_sent: bool, deadlines: Deadlines
) -> Answer:
    """A draft of the caller's unit; sent in the same transaction if asked.

    Raises ServiceUnknown, SubjectIsARegisterNumber, UnitUnknown, RecipientIsSender; when sending,
    what the lifecycle raises, SenderUnknown and ReferralIsPending.
    """
    if is_to_be_sent:
        await lock_declarations(tx, *(draft.ground.references if draft.ground else ()))
    row = await insert_draft(tx, draft)
    if is_to_be_sent:
        facts = ReferralFacts(now=row["created_at"], sending=await sending_of(tx, draft, row))
        digest = digest_of(
            dict(draft.content), list(draft.disputed_fields), list(draft.secret_categories)
        )
        await dispatch(tx, row, facts, digest=digest, deadlines=deadlines)
    return await answer(tx, row["id"], is_new=True)


async def insert_draft(tx: Transaction, draft: Draft, *, is_sealed: bool = False) -> dict[str, Any]:
    """The columns of the new draft, with its parts, its log and its audit entry written."""
    instant, referral_id = now(), new_id()
    row = await _columns(tx, draft) | {
        "id": referral_id,
        "version": 1,
        "state": ReferralState.DRAFT.value,
        "sender_unit": tx.caller.unit_id,
        "owner_unit": tx.caller.unit_id,
        "open_proposal_id": None,
        "held_since": None,
        "problems": [],
        "content_version": 1,
        "is_sealed": is_sealed,
        "submitted_at": None,
        "created_at": instant,
        "updated_at": instant,
    }
    await tx.insert(ReferralRow, **row)
    unit_id = tx.caller.unit_id
    await tx.insert(SenderRecordRow, id=referral_id, unit_id=unit_id, **_record(tx.caller, draft))
    await keep_content(tx, referral_id, _content(draft), is_new=True)
    await tx.insert(PlaceRow, id=referral_id, unit_id=unit_id, **place_columns(draft.place))
    change = Change(fact="created", at=instant, to_state=ReferralState.DRAFT, values={})
    await tell(tx, row, change, side=Side.SENDER, from_state=None)
    return row


async def replace_draft(
    tx: Transaction, referral_id: UUID, draft: Draft, expected_version: int | None
) -> Answer:
    """The draft as the sender says it now; only a draft can be changed.

    Raises TransitionNotAllowed when it is none any more, and what writing one down raises.
    """
    held = await begin(tx, referral_id, ReferralAction.PREPARE, expected_version)
    instant = now()
    row = dict(held.row) | await _columns(tx, draft)
    row |= {"version": row["version"] + 1, "updated_at": instant}
    changed = {name: value for name, value in row.items() if name not in {"id", "tenant_id"}}
    await tx.update(ReferralRow, referral_id, **changed)
    await tx.update(SenderRecordRow, referral_id, **_record(tx.caller, draft))
    await keep_content(tx, referral_id, _content(draft), is_new=False)
    await delete_place(tx, referral_id)
    place = place_columns(draft.place)
    await tx.insert(PlaceRow, id=referral_id, unit_id=tx.caller.unit_id, **place)
    change = Change(fact="changed", at=instant, to_state=held.state, values={})
    await tell(tx, row, change, side=held.side, from_state=held.state)
    return await answer(tx, referral_id)


async def _columns(tx: Transaction, draft: Draft) -> dict[str, Any]:
    reference = subject_reference(draft.subject_reference)
    require_transferable(draft.mode, transfers=draft.transfers_ownership)
    require_anonymous_place(draft.mode, draft.place)
    wanted = service(draft.service_code)
    decision = await _addressed(tx, draft)
    today = berlin_date(now())
    return {
        "mode": draft.mode.value,
        "service_code": wanted.code,
        "topic": draft.topic.value,
        "purpose": draft.purpose.value,
        "urgency": draft.urgency.value,
        "language": draft.language,
        "interpreter_needed": draft.interpreter_needed,
        "municipality_ags": draft.place.ags,
        "age_band": (draft.age_band or age_band(draft.birth_date, today)).value,
        "recipient_unit": draft.recipient_unit or (decision.unit_id if decision else None),
        "manual_reason": None,
        "rules_version": None,
        "signposting_id": draft.signposting_id,
        "follows_id": draft.follows_id,
        "transfers_ownership": draft.transfers_ownership,
        "subject_digest": subject_digest(tx.caller.unit_id, reference),
        **routing_columns(decision),
        **ground_columns(draft.ground),
    }


async def _addressed(tx: Transaction, draft: Draft) -> RoutingDecision | None:
    """None when the sender names the recipient, otherwise what the rules say of the place."""
    if draft.recipient_unit is None:
        rule_set = await rules_on(tx, berlin_date(now()))
        return route(rule_set, draft.service_code, draft.place)
    if draft.recipient_unit == tx.caller.unit_id:
        raise RecipientIsSender
    if not await find_agencies(tx, draft.recipient_unit):
        raise UnitUnknown(unit=draft.recipient_unit)
    return None


def _record(caller: Caller, draft: Draft) -> dict[str, Any]:
    return {
        "subject_reference": draft.subject_reference,
        "case_id": draft.case_id,
        "disclosure_decision": disclosure_record(caller, draft.disclosure),
        "protection_steps": steps_form(draft.protection_steps),
        **ground_record(caller, draft.ground),
    }


def _content(draft: Draft) -> dict[str, Any]:
    return {
        "content": dict(draft.content),
        "disputed_fields": sorted(draft.disputed_fields),
        "secret_categories": sorted(category.value for category in draft.secret_categories),
    }


async def sending_of(tx: Transaction, draft: Draft, row: dict[str, Any]) -> Sending:
    sender, recipient = await parties(tx, row["recipient_unit"])
    return Sending(
        mode=draft.mode,
        service=service(draft.service_code),
        purpose=draft.purpose,
        sender=sender,
        recipient=recipient,
        payload=PayloadFacts.of(
            draft.content, disputed=draft.disputed_fields, secret=draft.secret_categories
        ),
        ground=await with_revocations(tx, draft.ground),
        disclosure=await decision_for(tx, row["id"], recipient, draft.disclosure),
        protection_steps=draft.protection_steps,
    )
