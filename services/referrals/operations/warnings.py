"""What is worth a warning before a sending: reasons to think again, none to refuse."""

from datetime import date
from enum import StrEnum

from services.referrals.operations.capacity import rooms
from shared.database.transaction import Transaction
from shared.kernel.errors import FieldFault
from shared.kernel.text import Text
from shared.service.warnings import is_anybody_asking, warn


class WarningCode(StrEnum):
    SERVICE_FULL = "service-full"


TITLES = {
    WarningCode.SERVICE_FULL: Text(
        de="Diese Stelle nimmt für die Leistung zurzeit niemanden auf.",
        en="At present this unit takes nobody for the service.",
    ),
}


async def warn_of_full_service(
    tx: Transaction, unit_id: str | None, service_code: str, day: date
) -> None:
    """Only where it is read: other sendings are not slowed down; a full service is no refusal."""
    if unit_id is None or not is_anybody_asking():
        return
    room = (await rooms(tx, service_code, (unit_id,), day))[unit_id]
    if not room.accepts:
        code = WarningCode.SERVICE_FULL
        warn(
            FieldFault("/recipientUnit", code.value, TITLES[code]),
            unitId=unit_id,
            serviceCode=service_code,
            waitingDays=room.capacity.waiting_days if room.capacity else None,
        )
