"""What this service hears from the others, and what follows from it here."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.referrals.domain.notices import NoticeKind
from services.referrals.operations.erasing import erase_case
from services.referrals.operations.personal_data import (
    ChangeOfData,
    Inquiry,
    report,
    tell_recipients,
)
from services.referrals.operations.withdrawing import revoke
from services.referrals.storage.lookups import is_recipient, keep_case
from shared.database.transaction import Transaction
from shared.messaging.consumer import Subscription
from shared.messaging.envelope import Envelope
from shared.objects.store import Objects


class Heard(BaseModel):
    """Base of what is read of an event: only the fields that are needed here."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)


class CaseRequested(Heard):
    """`kim.cases.case-requested.v1`."""

    case_id: UUID
    referral_id: UUID | None = None


class ConsentRevoked(Heard):
    """`kim.cases.consent-revoked.v1`, `…consent-invalidated.v1`.

    The id is the reference under which referrals were sent.
    """

    consent_id: UUID


class CaseErasureRequested(Heard):
    """`kim.cases.case-erasure-requested.v1`."""

    case_id: UUID
    erasure_id: UUID
    rights_request_id: UUID | None = None


async def on_case_requested(tx: Transaction, event: Envelope) -> None:
    """Remember the case on the recipient's side, so that both can be shown together."""
    heard = CaseRequested.model_validate(event.data)
    if heard.referral_id is not None and await is_recipient(tx, heard.referral_id):
        await keep_case(tx, heard.referral_id, heard.case_id)


async def on_consent_revoked(tx: Transaction, event: Envelope) -> None:
    heard = ConsentRevoked.model_validate(event.data)
    await revoke(tx, str(heard.consent_id))


async def on_case_erasure_requested(tx: Transaction, event: Envelope) -> None:
    heard = CaseErasureRequested.model_validate(event.data)
    await erase_case(
        tx,
        case_id=heard.case_id,
        erasure_id=heard.erasure_id,
        rights_request_id=heard.rights_request_id,
    )


class PersonalDataInquired(Heard):
    """`kim.cases.personal-data-inquired.v1`."""

    request_id: UUID
    case_ids: tuple[UUID, ...]
    referral_ids: tuple[UUID, ...]
    with_content: bool


class PersonalDataChanged(Heard):
    """`kim.cases.personal-data-changed.v1`."""

    request_id: UUID | None
    change: NoticeKind
    case_ids: tuple[UUID, ...]
    fields: tuple[str, ...]


async def on_personal_data_changed(tx: Transaction, event: Envelope) -> None:
    heard = PersonalDataChanged.model_validate(event.data)
    await tell_recipients(tx, ChangeOfData(**heard.model_dump()))


def rights_subscription(objects: Objects) -> Subscription:
    """What requests of data subjects ask of this service, in the name of the unit asked."""

    async def on_inquired(tx: Transaction, event: Envelope) -> None:
        heard = PersonalDataInquired.model_validate(event.data)
        await report(tx, objects, Inquiry(**heard.model_dump()))

    return Subscription(
        consumer="referrals-rights",
        handlers={
            "kim.cases.personal-data-inquired.v1": on_inquired,
            "kim.cases.personal-data-changed.v1": on_personal_data_changed,
        },
        unit_of=lambda event: str(event.data["unitId"]),
    )


SUBSCRIPTION = Subscription(
    consumer="referrals",
    handlers={
        "kim.cases.case-requested.v1": on_case_requested,
        "kim.cases.consent-revoked.v1": on_consent_revoked,
        # What never held lets nothing more out either.
        "kim.cases.consent-invalidated.v1": on_consent_revoked,
        "kim.cases.case-erasure-requested.v1": on_case_erasure_requested,
    },
    unit_of=lambda event: str(event.data["unitId"]),
)
