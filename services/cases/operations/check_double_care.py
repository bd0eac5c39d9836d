"""Ask blindly whether another service already cares for the client (R-S3-11, hazard H11)."""

from uuid import UUID

from services.cases.domain.double_care import answer, asked_match_keys
from services.cases.domain.errors import CaseHasNoPerson
from services.cases.domain.people import BirthDate, PersonName
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.care import DOUBLE_CARE_VIEW
from services.cases.storage.queries.people import NAMES_OF_PERSON
from services.cases.storage.queries.reports import UNITS_WITH_OPEN_CASE
from services.cases.storage.tables import DoubleCareCheckRow
from shared.database.transaction import Transaction
from shared.service.writes import Answer


async def check_double_care(tx: Transaction, case_id: UUID) -> Answer:
    """The units to contact, or none; the question and its answer stay on record.

    `is_exact` is false where the birth day is not known, or the person is restricted: then nothing
    is matched by machine and the case manager asks the client. Raises NotFound, CaseIsNotOpen,
    CaseHasNoPerson.
    """
    case = await lock_open_case(tx, case_id)
    if case["person_id"] is None:
        raise CaseHasNoPerson
    fingerprints = await _fingerprints(tx, case["person_id"])
    # Asked also with nothing to ask for, so that the effort says nothing.
    found = await tx.rows(UNITS_WITH_OPEN_CASE, fingerprints=sorted(fingerprints))
    told = answer(frozenset(row["unit_id"] for row in found), asking_unit=tx.caller.unit_id)
    columns = file_columns(tx, case)
    await tx.insert(
        DoubleCareCheckRow,
        **columns,
        is_exact=bool(fingerprints),
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


async def _fingerprints(tx: Transaction, person_id: UUID) -> set[str]:
    """Of all records of the person; none for a restricted one, about whom nothing is asked."""
    records = await tx.rows(NAMES_OF_PERSON, person_id=person_id)
    if any(row["is_restricted"] for row in records):
        return set()
    return {
        key
        for row in records
        for key in asked_match_keys(
            PersonName(row["family_name"], row["given_names"], row["original_name"]),
            BirthDate.stored(row["birth_date"]),
        )
    }
