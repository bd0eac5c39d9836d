"""What is told of requests of data subjects: how much is held, and who was told of a change."""

from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataReported:
    """The answer to an inquiry: `records[i]` records of `kinds[i]`."""

    event_type: ClassVar[str] = "kim.referrals.personal-data-reported.v1"

    request_id: UUID
    tenant_id: str
    unit_id: str
    kinds: tuple[str, ...]
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsTold:
    """Who holds data of the person has a notice of `change`; the three lists go together."""

    event_type: ClassVar[str] = "kim.referrals.recipients-told.v1"

    request_id: UUID
    tenant_id: str
    unit_id: str
    change: str
    notice_ids: tuple[UUID, ...]
    referral_ids: tuple[UUID, ...]
    recipient_units: tuple[str, ...]


EVENTS_OF_RIGHTS: Final[tuple[type, ...]] = (PersonalDataReported, RecipientsTold)
