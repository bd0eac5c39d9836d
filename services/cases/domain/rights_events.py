"""What is told of requests of data subjects: ids, codes and days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataInquired:
    """Whoever holds something of these cases or referrals of the unit reports how much. With
    `with_content` it lays the content down for the answer to the person (Art. 15 GDPR).
    """

    event_type: ClassVar[str] = "kim.cases.personal-data-inquired.v1"

    request_id: UUID
    tenant_id: str
    unit_id: str
    case_ids: tuple[UUID, ...]
    referral_ids: tuple[UUID, ...]
    with_content: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataChanged:
    """Whoever received data of these cases is told what became of them (Art. 19 GDPR).

    `fields` are the names of the fields concerned, never their content. Without a request it was
    noted by itself that a value is disputed (§ 84 (2) SGB X).
    """

    event_type: ClassVar[str] = "kim.cases.personal-data-changed.v1"

    request_id: UUID | None
    tenant_id: str
    unit_id: str
    change: str
    case_ids: tuple[UUID, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRequestMoved:
    """A request of a data subject took a step of its table."""

    event_type: ClassVar[str] = "kim.cases.rights-request-moved.v1"

    request_id: UUID
    tenant_id: str
    unit_id: str
    data_right: str
    from_state: str
    to_state: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRequestDue:
    """The legal time limit ends soon, or has ended, and the person has no answer yet."""

    event_type: ClassVar[str] = "kim.cases.rights-request-due.v1"

    request_id: UUID
    tenant_id: str
    unit_id: str
    data_right: str
    due_on: date
    is_overdue: bool


RIGHTS_EVENTS: Final[tuple[type, ...]] = (
    PersonalDataInquired,
    PersonalDataChanged,
    RightsRequestMoved,
    RightsRequestDue,
)
