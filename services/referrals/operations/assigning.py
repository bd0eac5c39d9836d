"""The manual queue: a person of the coordination names the unit where no rule could."""

from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.agencies import EndpointStatus, UnitUnknown
from services.referrals.domain.codes import ReferralState, Side
from services.referrals.operations.drafts import RecipientIsSender
from services.referrals.operations.steps import Change, Held, finish
from services.referrals.storage.directory_lookups import (
    find_agencies,
)
from services.referrals.storage.lookups import (
    referral_for_update,
)
from services.referrals.storage.queries import (
    MANUAL_VIEW,
)
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import Conflict, NotFound, RuleViolated
from shared.kernel.text import Text
from shared.service.writes import Answer


class AlreadyAssigned(Conflict):
    code = "already-assigned"
    title = Text(
        de="Für diese Zusteuerung steht die Stelle schon fest.",
        en="The unit for this referral is decided already.",
    )


class UnitCannotReceive(RuleViolated):
    code = "unit-cannot-receive"
    title = Text(
        de="Diese Stelle bietet die Leistung nicht an oder nimmt zurzeit nichts an.",
        en="This unit does not offer the service or takes no referrals at present.",
    )


@dataclass(frozen=True, slots=True)
class Assign:
    referral_id: UUID
    expected_version: int | None
    unit_id: str


async def assign(tx: Transaction, command: Assign) -> Answer:
    """Name the recipient; the sender sends it there, on a legal ground that names this unit.

    Raises NotFound, AlreadyAssigned, UnitUnknown, UnitCannotReceive, VersionMissing, Stale.
    """
    row = await referral_for_update(tx, command.referral_id)
    held = Held(row, Side.COORDINATION)
    if held.state is not ReferralState.READY or row["manual_reason"] is None:
        raise NotFound
    if row["recipient_unit"] is not None:
        raise AlreadyAssigned
    require_version(row["version"], command.expected_version)
    if command.unit_id == row["sender_unit"]:
        raise RecipientIsSender
    agency = (await find_agencies(tx, command.unit_id)).get(command.unit_id)
    if agency is None:
        raise UnitUnknown(unit=command.unit_id)
    is_active = agency.endpoint_status is EndpointStatus.ACTIVE
    if not is_active or row["service_code"] not in agency.services:
        raise UnitCannotReceive
    change = Change(
        fact="routed",
        at=now(),
        to_state=held.state,
        values={"recipient_unit": command.unit_id},
        codes=[row["manual_reason"]],
    )
    await finish(tx, held, change)
    document = await MANUAL_VIEW.one_in(tx, referral_id=held.id)
    assert document is not None
    return Answer(document)
