"""What follows from confirmed erasures and changed deletion rules."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.cases.domain.practice import Practice
from services.cases.domain.rights_codes import ChangeToTell
from services.cases.operations.erase_across_services import confirm_erasure
from services.cases.operations.follow_rights import note_told
from services.cases.operations.set_deletion_rule import open_run
from shared.database.transaction import Transaction
from shared.messaging.consumer import Subscription
from shared.messaging.envelope import Envelope

# One type for each service that may be asked.
CONFIRMED = ("kim.referrals.case-erased-confirmed.v1",)
RULE_CHANGED = "kim.cases.deletion-rule-changed.v1"


class ConfirmedErasure(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)

    case_id: UUID
    erasure_id: UUID
    records: int
    rights_request_id: UUID | None = None
    notice_ids: tuple[UUID, ...] = ()
    referral_ids: tuple[UUID, ...] = ()
    recipient_units: tuple[str, ...] = ()


class ChangedRule(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)

    rule_id: UUID


async def _note_told(tx: Transaction, confirmed: ConfirmedErasure, event: Envelope) -> None:
    if confirmed.rights_request_id is None:
        return
    told = zip(confirmed.notice_ids, confirmed.referral_ids, confirmed.recipient_units, strict=True)
    await note_told(
        tx,
        request_id=confirmed.rights_request_id,
        change=ChangeToTell.DATA_ERASED,
        notices=list(told),
        at=event.time,
    )


def erasure_subscription(practice: Practice) -> Subscription:
    """Its handlers act in the name of the unit that holds the case."""

    async def on_confirmed(tx: Transaction, event: Envelope) -> None:
        confirmed = ConfirmedErasure.model_validate(event.data)
        await _note_told(tx, confirmed, event)  # the request before the case, as everywhere
        await confirm_erasure(
            tx,
            case_id=confirmed.case_id,
            request_id=confirmed.erasure_id,
            service=event.type.split(".")[1],
            records=confirmed.records,
            practice=practice,
        )

    async def on_rule_changed(tx: Transaction, event: Envelope) -> None:
        changed = ChangedRule.model_validate(event.data)
        await open_run(tx, changed.rule_id)

    return Subscription(
        consumer="cases-retention",
        handlers={
            RULE_CHANGED: on_rule_changed,
            **dict.fromkeys(CONFIRMED, on_confirmed),
        },
        unit_of=lambda event: str(event.data["unitId"]),
    )
