"""Write, publish and retire versions of case types; store the custom fields of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.case_types import (
    CASE_TYPE_LIFECYCLE,
    CaseTypeAction,
    CaseTypeFacts,
    CaseTypeIsPublished,
    CaseTypeState,
    Result,
    check_results,
)
from services.cases.domain.custom_fields import check_fields, check_schema
from services.cases.operations.case_document import case_answer
from services.cases.operations.describe_case import Change
from services.cases.operations.on_case import advance_case, file_columns, lock_case_version
from services.cases.storage.queries.case_types import (
    CASE_TYPE_ROW,
    CASE_TYPE_VIEW,
    CUSTOM_FIELDS_OF_CASE,
    NEXT_NUMBER,
    SCHEMA_OF_CASE,
)
from services.cases.storage.tables import AuditEntry, CaseTypeRow, CustomFieldsRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import NotFound, NotPermitted
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseType:
    """What a version says; `results` are the closing reasons it offers."""

    label: Text
    results: tuple[Result, ...]
    fields_schema: Mapping[str, Any]
    needs_plan_approval: bool


async def draft_case_type(tx: Transaction, code: str, content: CaseType) -> Answer:
    """The next version of the tenant's own type of this code, in DRAFT.

    Raises ResultsUnacceptable, SchemaUnacceptable (422).
    """
    columns = _content_columns(content)
    case_type_id = new_id()
    number = await tx.value(NEXT_NUMBER, tenant_id=tx.caller.tenant_id, code=code)
    await tx.insert(
        CaseTypeRow,
        id=case_type_id,
        code=code,
        number=number,
        state=CASE_TYPE_LIFECYCLE.initial.value,
        version=1,
        updated_at=now(),
        **columns,
    )
    await _record(tx, "draft-case-type", case_type_id)
    return await _answer(tx, case_type_id, is_new=True)


async def change_case_type(
    tx: Transaction, case_type_id: UUID, expected_version: int | None, content: CaseType
) -> Answer:
    """Raises NotFound, NotPermitted for the shipped type, Stale, CaseTypeIsPublished and what
    draft_case_type raises.
    """
    row = await _lock(tx, case_type_id, expected_version)
    if row["state"] != CaseTypeState.DRAFT:
        raise CaseTypeIsPublished(state=row["state"])
    columns = _content_columns(content)
    await tx.update(
        CaseTypeRow, case_type_id, version=row["version"] + 1, updated_at=now(), **columns
    )
    await _record(tx, "change-case-type", case_type_id)
    return await _answer(tx, case_type_id)


async def act_on_case_type(
    tx: Transaction, case_type_id: UUID, action: CaseTypeAction, expected_version: int | None
) -> Answer:
    """Raises NotFound, NotPermitted, Stale, TransitionNotAllowed, GuardFailed."""
    row = await _lock(tx, case_type_id, expected_version)
    facts = CaseTypeFacts(offers_results=bool(row["results"]))
    state = CASE_TYPE_LIFECYCLE.next_state(CaseTypeState(row["state"]), action, facts)
    await tx.update(
        CaseTypeRow, case_type_id, state=state, version=row["version"] + 1, updated_at=now()
    )
    await _record(tx, f"{action}-case-type", case_type_id)
    return await _answer(tx, case_type_id)


async def store_custom_fields(tx: Transaction, change: Change, given: Mapping[str, Any]) -> Answer:
    """Replace the custom fields of a case, as its type version describes them.

    Raises NotFound, Stale, CaseIsNotOpen, CustomFieldsRefused with a pointer for each field.
    """
    case = await lock_case_version(tx, change.case_id, change.expected_version)
    check_fields(await tx.value(SCHEMA_OF_CASE, case_id=change.case_id), given)
    known = await tx.value(CUSTOM_FIELDS_OF_CASE, case_id=change.case_id)
    columns = file_columns(tx, case)
    if known is None:
        await tx.insert(CustomFieldsRow, **columns, fields_json=dict(given))
    else:
        await tx.update(
            CustomFieldsRow,
            known,
            fields_json=dict(given),
            recorded_by=columns["recorded_by"],
            recorded_at=columns["recorded_at"],
        )
    await advance_case(tx, case, "store-custom-fields", changes={"fields": sorted(given)})
    return await case_answer(tx, change.case_id, change.practice)


def _content_columns(content: CaseType) -> dict[str, Any]:
    check_results(content.results)
    check_schema(content.fields_schema)
    return {
        "label_de": content.label.de,
        "label_en": content.label.en,
        "results": [
            {"closingReason": one.closing_reason, "retentionYears": one.retention_years}
            for one in content.results
        ],
        "fields_schema": dict(content.fields_schema),
        "needs_plan_approval": content.needs_plan_approval,
    }


async def _lock(
    tx: Transaction, case_type_id: UUID, expected_version: int | None
) -> asyncpg.Record:
    row = await tx.row(CASE_TYPE_ROW, case_type_id=case_type_id)
    if row is None:
        raise NotFound
    if row["tenant_id"] != tx.caller.tenant_id:
        raise NotPermitted
    require_version(row["version"], expected_version)
    return row


async def _record(tx: Transaction, action: str, case_type_id: UUID) -> None:
    await record_change(tx, AuditEntry, action=action, kind="case-type", record_id=case_type_id)


async def _answer(tx: Transaction, case_type_id: UUID, *, is_new: bool = False) -> Answer:
    document = await CASE_TYPE_VIEW.one_in(tx, case_type_id=case_type_id)
    assert document is not None
    return Answer(document, f"/v1/case-types/{case_type_id}" if is_new else None)
