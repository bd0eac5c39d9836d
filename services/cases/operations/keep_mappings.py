"""Mappings of columns, kept by name and version."""

from services.cases.domain.import_mapping import Mapping
from services.cases.storage.queries.imports import (
    LOCK_MAPPING,
    MAPPING_FOR_UPDATE,
    MAPPING_VIEW,
)
from services.cases.storage.tables import AuditEntry, ImportMappingRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer

CREATED = 201


async def keep_mapping(
    tx: Transaction, name: str, mapping: Mapping, expected_version: int | None
) -> Answer:
    """A new mapping (201), or the next version of a known one, whose present version must have
    been seen; imports that began before keep their copy. Raises VersionMissing, Stale.
    """
    caller, status = tx.caller, None
    await tx.value(LOCK_MAPPING, key=f"{caller.tenant_id}/{caller.unit_id}/mapping/{name}")
    known = await tx.row(MAPPING_FOR_UPDATE, mapping_name=name)
    columns = {
        "mapping_json": mapping.document(),
        "recorded_by": caller.actor,
        "updated_at": now(),
    }
    if known is None:
        mapping_id, version, status = new_id(), 1, CREATED
        await tx.insert(
            ImportMappingRow,
            id=mapping_id,
            unit_id=caller.unit_id,
            name=name,
            version=version,
            **columns,
        )
    else:
        require_version(known["version"], expected_version)
        mapping_id, version = known["id"], known["version"] + 1
        await tx.update(ImportMappingRow, mapping_id, version=version, **columns)
    await record_change(
        tx,
        AuditEntry,
        action="keep-import-mapping",
        kind="import-mapping",
        record_id=mapping_id,
        changes={"version": version},
    )
    document = await MAPPING_VIEW.one_in(tx, mapping_name=name)
    assert document is not None
    return Answer(document, f"/v1/import-mappings/{name}", status)
