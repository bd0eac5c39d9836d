"""What of a case goes to the records management: its frame, its phases, its documents."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import CaseRow, CaseTypeRow, DocumentRow, PhaseRow
from shared.database.statements import Statement

FILE_OF_CASE = Statement(
    select(
        col(CaseRow.id),
        col(CaseRow.version),
        col(CaseRow.state),
        col(CaseRow.unit_id),
        col(CaseRow.reference),
        col(CaseRow.opened_on),
        col(CaseRow.closed_on),
        col(CaseRow.deletion_due_on),
        col(CaseRow.is_processing_restricted),
        col(CaseTypeRow.code).label("case_type"),
    )
    .join(CaseTypeRow, col(CaseTypeRow.id) == col(CaseRow.case_type_id))
    .where(col(CaseRow.id) == bindparam("case_id"))
)
STEPS_OF_FILE = Statement(
    select(col(PhaseRow.action), col(PhaseRow.from_state), col(PhaseRow.to_state), col(PhaseRow.at))
    .where(col(PhaseRow.case_id) == bindparam("case_id"))
    .order_by(col(PhaseRow.position))
)
DOCUMENTS_OF_FILE = Statement(
    select(
        col(DocumentRow.id),
        col(DocumentRow.title),
        col(DocumentRow.kind),
        col(DocumentRow.media_type),
        col(DocumentRow.sha256),
        col(DocumentRow.object_key),
        col(DocumentRow.scan_state),
        col(DocumentRow.recorded_at),
    )
    .where(
        col(DocumentRow.case_id) == bindparam("case_id"), col(DocumentRow.object_key).is_not(None)
    )
    .order_by(col(DocumentRow.recorded_at), col(DocumentRow.id))
)
