"""What a person keeps about their own work: what they have seen, searches."""

from typing import Any
from uuid import UUID

from services.cases.domain.facts import CaseState
from services.cases.domain.work import check_search
from services.cases.storage.queries.work import (
    CASE_AS_SEEN,
    DELETE_SEARCH,
    MARK_SEEN,
    SEARCH_FOR_UPDATE,
    SEARCH_VIEW,
    SEEN_VIEW,
)
from services.cases.storage.tables import SavedSearchRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.database.views import Document
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


async def mark_seen(tx: Transaction, case_id: UUID, expected_version: int | None) -> Answer:
    """The case as it stands counts as seen by the caller; the case itself does not change.

    Raises NotFound, VersionMissing, and Stale where a newer version exists than the one looked at.
    """
    case = await tx.row(CASE_AS_SEEN, case_id=case_id)
    if case is None or case["state"] == CaseState.ERASED:
        raise NotFound
    require_version(case["version"], expected_version)
    await tx.execute(
        MARK_SEEN,
        id=new_id(),
        tenant_id=tx.caller.tenant_id,
        unit_id=case["unit_id"],
        case_id=case_id,
        actor=tx.caller.actor,
        seen_at=case["updated_at"],
    )
    document = await SEEN_VIEW.one_in(tx, case_id=case_id, actor=tx.caller.actor)
    assert document is not None
    return Answer(document)


async def save_search(tx: Transaction, name: str, filters: dict[str, str]) -> Answer:
    """Raises SearchNotStorable."""
    check_search(filters)
    search_id = new_id()
    await tx.insert(
        SavedSearchRow,
        id=search_id,
        unit_id=tx.caller.unit_id,
        actor=tx.caller.actor,
        name=name,
        filters=filters,
        version=1,
        updated_at=now(),
    )
    return await _search_answer(tx, search_id)


async def change_search(
    tx: Transaction, search_id: UUID, expected_version: int | None, changed: dict[str, Any]
) -> Answer:
    """Name and filters. Raises NotFound, VersionMissing, Stale, SearchNotStorable."""
    found = await tx.row(SEARCH_FOR_UPDATE, search_id=search_id)
    if found is None:
        raise NotFound
    require_version(found["version"], expected_version)
    check_search(changed["filters"])
    await tx.update(
        SavedSearchRow, search_id, version=found["version"] + 1, updated_at=now(), **changed
    )
    return await _search_answer(tx, search_id)


async def remove_search(tx: Transaction, search_id: UUID) -> Answer:
    """The search as it was. Raises NotFound."""
    document = await SEARCH_VIEW.one_in(tx, search_id=search_id)
    if document is None:
        raise NotFound
    await tx.execute(DELETE_SEARCH, search_id=search_id)
    return Answer(Document(document.body, None))


async def _search_answer(tx: Transaction, search_id: UUID) -> Answer:
    document = await SEARCH_VIEW.one_in(tx, search_id=search_id)
    assert document is not None
    return Answer(document, f"/v1/saved-searches/{search_id}")
