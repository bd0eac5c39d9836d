"""What follows from steps of requests, and from what other services say to them."""

from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.cases.domain.rights_codes import ChangeToTell, DataRight, RightsAction
from services.cases.operations.assemble_access import assemble_access
from services.cases.operations.follow_rights import (
    note_answer,
    note_overdue,
    note_report,
    note_told,
)
from shared.database.transaction import Transaction
from shared.messaging.consumer import Subscription
from shared.messaging.envelope import Envelope
from shared.objects.store import Objects

MOVED: Final = "kim.cases.rights-request-moved.v1"
# One type for each service that may be asked.
REPORTED: Final = (
    "kim.funding.personal-data-reported.v1",
    "kim.referrals.personal-data-reported.v1",
)
TOLD: Final = "kim.referrals.recipients-told.v1"
ACKNOWLEDGED: Final = "kim.referrals.referral-notice-acknowledged.v1"
OVERDUE: Final = "kim.referrals.referral-notice-overdue.v1"


class Heard(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)


class Moved(Heard):
    request_id: UUID
    data_right: str
    action: str


class Reported(Heard):
    request_id: UUID
    kinds: tuple[str, ...]
    records: tuple[int, ...]


class Told(Heard):
    request_id: UUID
    change: ChangeToTell
    notice_ids: tuple[UUID, ...]
    referral_ids: tuple[UUID, ...]
    recipient_units: tuple[str, ...]


class Acknowledged(Heard):
    notice_id: UUID
    answer: str


class Overdue(Heard):
    notice_id: UUID


async def on_reported(tx: Transaction, event: Envelope) -> None:
    heard = Reported.model_validate(event.data)
    counts = list(zip(heard.kinds, heard.records, strict=True))
    service = event.type.split(".")[1]
    await note_report(tx, request_id=heard.request_id, service=service, counts=counts)


async def on_told(tx: Transaction, event: Envelope) -> None:
    heard = Told.model_validate(event.data)
    notices = zip(heard.notice_ids, heard.referral_ids, heard.recipient_units, strict=True)
    await note_told(
        tx,
        request_id=heard.request_id,
        change=heard.change,
        notices=list(notices),
        at=event.time,
    )


async def on_acknowledged(tx: Transaction, event: Envelope) -> None:
    heard = Acknowledged.model_validate(event.data)
    await note_answer(tx, heard.notice_id, heard.answer, event.time)


async def on_overdue(tx: Transaction, event: Envelope) -> None:
    await note_overdue(tx, Overdue.model_validate(event.data).notice_id, event.time)


def rights_subscriptions(objects: Objects) -> tuple[Subscription, ...]:
    """In the name of the unit that was asked; notices in that of the unit that had sent."""

    async def on_moved(tx: Transaction, event: Envelope) -> None:
        heard = Moved.model_validate(event.data)
        if (heard.data_right, heard.action) == (DataRight.ACCESS, RightsAction.GRANT):
            await assemble_access(tx, objects, heard.request_id)

    return (
        Subscription(
            consumer="cases-rights",
            handlers={MOVED: on_moved, TOLD: on_told, **dict.fromkeys(REPORTED, on_reported)},
            unit_of=lambda event: str(event.data["unitId"]),
        ),
        Subscription(
            consumer="cases-rights-notices",
            handlers={ACKNOWLEDGED: on_acknowledged, OVERDUE: on_overdue},
            unit_of=lambda event: str(event.data["senderUnit"]),
        ),
    )
