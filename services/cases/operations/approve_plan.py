"""Approve an agreed plan version: a second case manager, never its author."""

from uuid import UUID

from services.cases.domain.acts import APPROVE_PLAN
from services.cases.domain.plan import PlanNeedsOtherEyes, PlanNotAgreed
from services.cases.operations.draft_plan import lock_plan
from services.cases.operations.on_case import advance_case, file_columns
from services.cases.storage.queries.documents import APPROVAL_VIEW, AUTHOR_OF_PLAN
from services.cases.storage.tables import PlanApprovalRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


async def approve_plan(tx: Transaction, plan_id: UUID, expected_version: int | None) -> Answer:
    """The approval; a plan has one. Agreed versions do not change, so it cannot go stale.

    Raises NotFound, Stale, PlanNeedsOtherEyes, PlanNotAgreed, AlreadyExists.
    """
    case, plan = await lock_plan(tx, plan_id)
    require_version(plan["version"], expected_version)
    if plan["agreed_on"] is None:
        raise PlanNotAgreed
    author = await tx.value(AUTHOR_OF_PLAN, plan_id=plan_id)
    relations = relations_to(tx.caller, {Relation.AUTHOR: author})
    APPROVE_PLAN.require(tx.caller, relations, PlanNeedsOtherEyes)
    await tx.insert(
        PlanApprovalRow,
        **file_columns(tx, case),
        plan_version_id=plan_id,
        author=author,
        approved_on=berlin_date(now()),
    )
    await advance_case(tx, case, "approve-plan", changes={"number": plan["number"]})
    document = await APPROVAL_VIEW.one_in(tx, plan_id=plan_id)
    assert document is not None
    return Answer(document)
