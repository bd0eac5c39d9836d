"""Assess one field of action with the client."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.choices import NeedLevel
from services.cases.domain.codes import FIELDS_OF_ACTION, LEGAL_CIRCLES
from services.cases.domain.errors import DateInFuture
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.care import ASSESSMENT_VIEW
from services.cases.storage.tables import AssessmentRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    case_id: UUID
    field_of_action: str
    need: NeedLevel
    situation: str
    resources: str
    has_client_taken_part: bool
    assessed_on: date
    legal_circle: str | None = None
    score: int | None = None


async def assess_field(tx: Transaction, entry: Assessment) -> Answer:
    """A new entry; earlier ones of the field stay. Raises NotFound, CaseIsNotOpen, CodeUnknown,
    CodeNotValid, DateInFuture.
    """
    case = await lock_open_case(tx, entry.case_id)
    if entry.assessed_on > berlin_date(now()):
        raise DateInFuture
    FIELDS_OF_ACTION.choose(entry.field_of_action, entry.assessed_on)
    if entry.legal_circle is not None:
        LEGAL_CIRCLES.choose(entry.legal_circle, entry.assessed_on)
    columns = file_columns(tx, case)
    await tx.insert(
        AssessmentRow,
        **columns,
        field_of_action=entry.field_of_action,
        need=entry.need,
        situation=entry.situation,
        resources=entry.resources,
        legal_circle=entry.legal_circle,
        score=entry.score,
        has_client_taken_part=entry.has_client_taken_part,
        assessed_on=entry.assessed_on,
    )
    await advance_case(tx, case, "assess-field", changes={"field": entry.field_of_action})
    document = await ASSESSMENT_VIEW.one_in(tx, entry_id=columns["id"])
    assert document is not None
    return Answer(document)
