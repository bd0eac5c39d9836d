"""Imports, their report and mappings: what is read, and what the worker holds locked."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.domain.imports import ImportState
from services.cases.storage.tables import ImportJobRow, ImportMappingRow
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

IMPORT = (
    col(ImportJobRow.id),
    col(ImportJobRow.version),
    col(ImportJobRow.source_system),
    col(ImportJobRow.format),
    col(ImportJobRow.encoding),
    col(ImportJobRow.locale),
    col(ImportJobRow.delimiter),
    col(ImportJobRow.mapping_name),
    col(ImportJobRow.mapping_version),
    col(ImportJobRow.is_dry_run),
    col(ImportJobRow.state),
    col(ImportJobRow.sha256),
    col(ImportJobRow.size_bytes),
    col(ImportJobRow.rows_read),
    col(ImportJobRow.rows_created),
    col(ImportJobRow.rows_changed),
    col(ImportJobRow.rows_unchanged),
    col(ImportJobRow.rows_refused),
    col(ImportJobRow.failure),
    col(ImportJobRow.failure_line),
    col(ImportJobRow.failure_column),
    col(ImportJobRow.requested_by),
    col(ImportJobRow.requested_at),
    col(ImportJobRow.started_at),
    col(ImportJobRow.ended_at),
    col(ImportJobRow.is_report_kept),
    col(ImportJobRow.unit_id),
)
_THIS_IMPORT = col(ImportJobRow.id) == bindparam("import_id")
IMPORT_VIEW = View(select(*IMPORT).where(_THIS_IMPORT))


IMPORT_LIST = ListView(
    select(*IMPORT),
    filters={
        "state": Filter(col(ImportJobRow.state), ImportState, ("eq", "in")),
        "sourceSystem": Filter(col(ImportJobRow.source_system), str),
    },
    sorts={"requestedAt": "requested_at", "id": "id"},
    default_sort="-requestedAt",
)
IMPORT_FOR_UPDATE = Statement(
    select(*IMPORT, col(ImportJobRow.object_key), col(ImportJobRow.mapping_json))
    .where(_THIS_IMPORT)
    .with_for_update()
)
IMPORTS_DUE = Statement("select tenant_id, unit_id, id, is_over from imports_due(:kept_since)")
LINES_BEHIND = Statement(
    "select line, outcome, case_id, person_ids, faults_json from import_line"
    " where tenant_id = :tenant_id and import_id = :import_id and line > :line"
    " order by line limit :lines_max"
)
KNOWN_DIGESTS = Statement(
    "select key_digest from import_line where tenant_id = :tenant_id and import_id = :import_id"
    " and key_digest = any(:digests)"
)
DELETE_LINES = Statement(
    "delete from import_line where tenant_id = :tenant_id and import_id = :import_id"
)
REMOVE_OBJECT = Statement(
    "insert into object_removal (id, tenant_id, object_key)"
    " values (gen_random_uuid(), :tenant_id, :object_key)"
)

MAPPING = (
    col(ImportMappingRow.id),
    col(ImportMappingRow.version),
    col(ImportMappingRow.name),
    col(ImportMappingRow.mapping_json),
    col(ImportMappingRow.recorded_by),
    col(ImportMappingRow.updated_at),
    col(ImportMappingRow.unit_id),
)
_PUBLISHED = (
    *MAPPING[:3],
    *MAPPING[4:],
    col(ImportMappingRow.mapping_json)["columns"].label("columns"),
    col(ImportMappingRow.mapping_json)["constants"].label("constants"),
)
MAPPING_VIEW = View(
    select(*_PUBLISHED).where(col(ImportMappingRow.name) == bindparam("mapping_name"))
)
MAPPING_LIST = ListView(
    select(*_PUBLISHED), filters={}, sorts={"name": "name"}, default_sort="name"
)
MAPPING_FOR_UPDATE = Statement(
    select(*MAPPING)
    .where(col(ImportMappingRow.name) == bindparam("mapping_name"))
    .with_for_update()
)
LOCK_MAPPING = Statement("select pg_advisory_xact_lock(hashtextextended(:key, 7))")
