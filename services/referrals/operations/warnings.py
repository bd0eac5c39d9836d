"""What a dry run of a sending shows beside its answer: reasons to think again, none to refuse."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.referrals.operations.capacity import rooms
from shared.database.transaction import Transaction
from shared.kernel.text import Text
from shared.service.rehearsals import Traces


class WarningCode(StrEnum):
    SERVICE_FULL = "service-full"


TITLES = {
    WarningCode.SERVICE_FULL: Text(
        de="Diese Stelle nimmt für die Leistung zurzeit niemanden auf.",
        en="At present this unit takes nobody for the service.",
    ),
}


@dataclass(frozen=True, slots=True)
class Warned:
    code: WarningCode
    unit_id: str
    service_code: str
    waiting_days: int | None


WARNED: ContextVar[list[Warned] | None] = ContextVar("warned", default=None)


@contextmanager
def watch_warnings() -> Iterator[Traces]:
    """Collect what is worth a warning meanwhile."""
    collected: list[Warned] = []
    token = WARNED.set(collected)

    async def seen(_: Transaction) -> Mapping[str, Any]:
        return {"warnings": [_form(one) for one in collected]}

    try:
        yield seen
    finally:
        WARNED.reset(token)


async def warn_of_full_service(
    tx: Transaction, unit_id: str | None, service_code: str, day: date
) -> None:
    """In a dry run only: a real sending is not slowed down, and a full service is no refusal."""
    collected = WARNED.get()
    if collected is None or unit_id is None:
        return
    room = (await rooms(tx, service_code, (unit_id,), day))[unit_id]
    if not room.accepts:
        waiting_days = room.capacity.waiting_days if room.capacity else None
        collected.append(Warned(WarningCode.SERVICE_FULL, unit_id, service_code, waiting_days))


def _form(one: Warned) -> dict[str, Any]:
    title = TITLES[one.code]
    return {
        "code": one.code.value,
        "title": {"de": title.de, "en": title.en},
        "unitId": one.unit_id,
        "serviceCode": one.service_code,
        "waitingDays": one.waiting_days,
    }
