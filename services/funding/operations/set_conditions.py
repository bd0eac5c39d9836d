"""The ancillary provisions of a notice, whole: until the grant they may be replaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.funding.domain.award_lifecycle import DRAFT_STATES, AwardState
from services.funding.domain.conditions import ConditionCode
from services.funding.operations.change_award import NoticeIsFixed
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.awards import AWARD_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.queries.rules import RETIRE_CONDITIONS
from services.funding.storage.tables import AwardConditionRow, AwardRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class Condition:
    """`passes_on`: whoever passes the money on passes this duty on with it (R-Z2)."""

    code: ConditionCode
    text_de: str
    passes_on: bool


async def set_conditions(
    tx: Transaction,
    award_id: UUID,
    expected_version: int | None,
    conditions: Sequence[Condition],
) -> Answer:
    """Raises NotFound, the refusals of versions, NoticeIsFixed."""
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    if AwardState(award["state"]) not in DRAFT_STATES:
        raise NoticeIsFixed
    instant = now()
    await tx.execute(RETIRE_CONDITIONS, award_id=award_id)
    for ordinal, one in enumerate(conditions, 1):
        await tx.insert(
            AwardConditionRow,
            id=new_id(),
            version=1,
            created_at=instant,
            updated_at=instant,
            award_id=award_id,
            ordinal=ordinal,
            code=one.code.value,
            text_de=one.text_de,
            passes_on=one.passes_on,
            is_current=True,
        )
    await tx.update(AwardRow, award_id, version=award["version"] + 1, updated_at=instant)
    await leave_trace(
        tx,
        action="set-conditions",
        kind="award",
        record_id=award_id,
        changes={"codes": [one.code.value for one in conditions]},
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())
