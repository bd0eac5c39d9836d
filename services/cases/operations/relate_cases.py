"""Relate two cases of the unit, or take the relation back."""

from uuid import UUID

from services.cases.domain.related import CaseRelatedToItself, Relation
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.documents import RELATED_VIEW
from services.cases.storage.tables import RelatedCaseRow
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


async def relate_cases(
    tx: Transaction, case_id: UUID, related_case_id: UUID, relation: Relation
) -> Answer:
    """What the other case is to this one. Raises NotFound, also where the other case is not the
    unit's, CaseIsNotOpen, CaseRelatedToItself, AlreadyExists, ReferenceUnknown for an erased one.
    """
    case = await lock_open_case(tx, case_id)
    if related_case_id == case_id:
        raise CaseRelatedToItself
    if await CASE_EXISTS.one_in(tx, case_id=related_case_id) is None:
        raise NotFound
    columns = file_columns(tx, case)
    await tx.insert(
        RelatedCaseRow, **columns, related_case_id=related_case_id, relation=relation.value
    )
    await advance_case(tx, case, "relate-cases", changes={"relation": relation.value})
    document = await RELATED_VIEW.one_in(tx, related_id=columns["id"])
    assert document is not None
    return Answer(document)
