"""What is told of requests of data subjects."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataReported:
    """The answer to an inquiry: `records[i]` records of `kinds[i]`."""

    event_type: ClassVar[str] = "kim.funding.personal-data-reported.v1"

    request_id: UUID
    tenant_id: str
    unit_id: str
    kinds: tuple[str, ...]
    records: tuple[int, ...]


EVENTS = (PersonalDataReported,)
