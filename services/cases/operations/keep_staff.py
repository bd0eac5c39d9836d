"""Keep who may hold cases of the unit: active, and bound to secrecy since a day (R-203-1)."""

from dataclasses import dataclass
from datetime import date

from services.cases.storage.queries.cases import TOUCH_OPEN_CASES
from services.cases.storage.queries.people import STAFF_OF_ACTOR, STAFF_VIEW
from services.cases.storage.tables import AuditEntry, StaffMemberRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """`actor` is issuer and subject of the person's token, joined by `|`; None means the caller.

    `is_state_recognised`: a state-recognised social worker is bound by § 203 (1) Nr. 6 StGB in
    person, which decides what may be passed on later.
    """

    actor: str | None = None
    is_active: bool = True
    bound_to_secrecy_on: date | None = None
    is_state_recognised: bool = False


async def keep_staff_member(tx: Transaction, member: StaffMember) -> Answer:
    """Record the member, or replace what is recorded. Open cases advance, since whether they can
    be assigned depends on it.
    """
    actor = member.actor or tx.caller.actor
    known = await tx.row(STAFF_OF_ACTOR, actor=actor)
    columns = {
        "is_active": member.is_active,
        "bound_to_secrecy_on": member.bound_to_secrecy_on,
        "is_state_recognised": member.is_state_recognised,
        "updated_at": now(),
    }
    if known is None:
        staff_id = new_id()
        await tx.insert(
            StaffMemberRow,
            id=staff_id,
            unit_id=tx.caller.unit_id,
            actor=actor,
            version=1,
            **columns,
        )
    else:
        staff_id = known["id"]
        await tx.update(StaffMemberRow, staff_id, version=known["version"] + 1, **columns)
    who = {"tenant_id": tx.caller.tenant_id, "unit_id": tx.caller.unit_id}
    await tx.execute(TOUCH_OPEN_CASES, **who)
    await record_change(
        tx, AuditEntry, action="keep-staff-member", kind="staff-member", record_id=staff_id
    )
    document = await STAFF_VIEW.one_in(tx, staff_id=staff_id)
    assert document is not None
    return Answer(document)
