"""Raise and lift flags on a case: what colleagues must know before they act."""

from uuid import UUID

from services.cases.domain.work import FlagCode, FlagIsLifted, FlagIsRaised, Severity
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.work import FLAG_ROW, FLAG_VIEW, RAISED_FLAG
from services.cases.storage.tables import FlagRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


async def raise_flag(
    tx: Transaction, case_id: UUID, code: FlagCode, severity: Severity, reason: str
) -> Answer:
    """Raises NotFound, CaseIsNotOpen, ProcessingIsRestricted, FlagIsRaised."""
    case = await lock_open_case(tx, case_id)
    if await tx.value(RAISED_FLAG, case_id=case_id, code=code.value):
        raise FlagIsRaised
    columns = file_columns(tx, case)
    await tx.insert(FlagRow, **columns, code=code.value, severity=severity.value, reason=reason)
    await advance_case(tx, case, "raise-flag", changes={"code": code.value})
    return await _answer(tx, columns["id"])


async def lift_flag(tx: Transaction, flag_id: UUID) -> Answer:
    """Raises NotFound, CaseIsNotOpen, ProcessingIsRestricted, FlagIsLifted."""
    found = await tx.row(FLAG_ROW, flag_id=flag_id)
    if found is None:
        raise NotFound
    case = await lock_open_case(tx, found["case_id"])
    found = await tx.row(FLAG_ROW, flag_id=flag_id)
    if found is None or found["lifted_at"] is not None:
        raise FlagIsLifted
    await tx.update(FlagRow, flag_id, lifted_by=tx.caller.actor, lifted_at=now())
    await advance_case(tx, case, "lift-flag", changes={"flagId": str(flag_id)})
    return await _answer(tx, flag_id)


async def _answer(tx: Transaction, flag_id: UUID) -> Answer:
    document = await FLAG_VIEW.one_in(tx, flag_id=flag_id)
    assert document is not None
    return Answer(document)
