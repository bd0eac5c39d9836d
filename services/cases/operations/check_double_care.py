"""Ask blindly whether another service already cares for the client (R-S3-11, hazard H11)."""

from uuid import UUID

from services.cases.domain.double_care import answer
from services.cases.domain.errors import CaseHasNoPerson
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.care import DOUBLE_CARE_VIEW
from services.cases.storage.queries.people import MATCH_KEY_OF_PERSON
from services.cases.storage.queries.reports import UNITS_WITH_OPEN_CASE
from services.cases.storage.tables import DoubleCareCheckRow
from shared.database.transaction import Transaction
from shared.service.writes import Answer


async def check_double_care(tx: Transaction, case_id: UUID) -> Answer:
    """The units to contact, or none; the question and its answer stay on record.

    `is_exact` is false where the birth day is not known: then nothing can be matched by machine
    and the case manager asks the client. Raises NotFound, CaseIsNotOpen, CaseHasNoPerson.
    """
    case = await lock_open_case(tx, case_id)
    if case["person_id"] is None:
        raise CaseHasNoPerson
    fingerprint = await tx.value(MATCH_KEY_OF_PERSON, person_id=case["person_id"])
    units: frozenset[str] = frozenset()
    if fingerprint is not None:
        found = await tx.rows(UNITS_WITH_OPEN_CASE, fingerprint=fingerprint)
        units = frozenset(row["unit_id"] for row in found)
    told = answer(units, asking_unit=tx.caller.unit_id)
    columns = file_columns(tx, case)
    await tx.insert(
        DoubleCareCheckRow,
        **columns,
        is_exact=fingerprint is not None,
        contact_units=list(told.contact_units),
    )
    await advance_case(
        tx,
        case,
        "check-double-care",
        changes={"isAnotherServiceInvolved": told.is_another_service_involved},
    )
    document = await DOUBLE_CARE_VIEW.one_in(tx, entry_id=columns["id"])
    assert document is not None
    return Answer(document)
