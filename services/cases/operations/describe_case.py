"""Change the particulars of a case, and record the answers that its guards ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.cases.domain.area import Ags
from services.cases.domain.choices import ArchiveAnswer, OtherBasis, StructuralFinding
from services.cases.domain.codes import FIELDS_OF_ACTION
from services.cases.domain.errors import DateInFuture
from services.cases.domain.external_ids import ExternalKind
from services.cases.domain.indication import IndicationChecklist
from services.cases.domain.people import clean_languages
from services.cases.domain.practice import Practice
from services.cases.operations.case_document import case_answer
from services.cases.operations.compose_family import family_of
from services.cases.operations.on_case import (
    advance_case,
    file_columns,
    lock_case,
    lock_case_version,
)
from services.cases.operations.open_case import require_known
from services.cases.operations.record_delivery import note_hand_change
from services.cases.storage.queries.care import INDICATION_OF_CASE
from services.cases.storage.queries.cases import IS_CONTACT_MASKED
from services.cases.storage.queries.deliveries import CASE_TO_DELIVER
from services.cases.storage.tables import IndicationRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Which case, in which version, under which practice."""

    case_id: UUID
    expected_version: int | None
    practice: Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    pseudonym: str | None
    contact: str | None
    language: str | None
    municipality_ags: str | None
    is_area_resolved: bool
    is_staff_related: bool
    is_child_protection: bool
    person_id: UUID | None
    family_id: UUID | None


async def describe_case(tx: Transaction, change: Change, particulars: Particulars) -> Answer:
    """Who does not see the whereabouts of a restricted person leaves them as they are.

    Raises NotFound, Stale, PersonUnknown, FamilyUnknown, AgsUnreadable, LanguageUnacceptable.
    """
    case = await lock_case_version(tx, change.case_id, change.expected_version)
    await require_known(tx, particulars.person_id, particulars.family_id)
    if particulars.municipality_ags is not None:
        Ags.parse(particulars.municipality_ags)
    if particulars.language is not None:
        clean_languages((particulars.language,))
    columns = {name: getattr(particulars, name) for name in particulars.__dataclass_fields__}
    before = await tx.row(CASE_TO_DELIVER, case_id=change.case_id)
    assert before is not None
    if await tx.value(IS_CONTACT_MASKED, case_id=change.case_id):
        del columns["contact"], columns["municipality_ags"]
    if particulars.person_id is not None and particulars.family_id is None:
        columns["family_id"] = await family_of(tx, particulars.person_id)
    await advance_case(tx, case, "describe-case", **columns)
    delivered = ("pseudonym", "contact", "language", "municipality_ags")
    changed = {
        name: columns[name] for name in delivered if columns.get(name, before[name]) != before[name]
    }
    await note_hand_change(tx, ExternalKind.CASE, change.case_id, changed)
    return await case_answer(tx, change.case_id, change.practice)


async def document_indication(
    tx: Transaction, change: Change, checklist: IndicationChecklist
) -> Answer:
    """Replace the answers of the indication checklist; unanswered criteria stay open."""
    case = await lock_case_version(tx, change.case_id, change.expected_version)
    answers: dict[str, Any] = {
        name: getattr(checklist, name) for name in checklist.__dataclass_fields__
    }
    known = await tx.value(INDICATION_OF_CASE, case_id=change.case_id)
    if known is None:
        await tx.insert(IndicationRow, **file_columns(tx, case), **answers)
    else:
        answers |= {"recorded_by": tx.caller.actor, "recorded_at": now()}
        await tx.update_of(case["id"], IndicationRow, known, **answers)
    await advance_case(tx, case, "document-indication")
    return await case_answer(tx, change.case_id, change.practice)


async def record_other_basis(
    tx: Transaction, change: Change, basis: OtherBasis | None, reason: str | None
) -> Answer:
    """A legal basis beside consent, recorded by a person who says why (C4, C20); None takes it
    back.
    """
    case = await lock_case_version(tx, change.case_id, change.expected_version)
    await advance_case(
        tx,
        case,
        "record-other-basis",
        changes={"basis": basis},
        other_basis=basis,
        other_basis_reason=reason if basis else None,
    )
    return await case_answer(tx, change.case_id, change.practice)


async def record_signposting(
    tx: Transaction, change: Change, signposted_to: str, signposted_on: date
) -> Answer:
    """The client was told where to go; no data leave (C3). Raises DateInFuture."""
    if signposted_on > berlin_date(now()):
        raise DateInFuture
    case = await lock_case_version(tx, change.case_id, change.expected_version)
    await advance_case(
        tx,
        case,
        "record-signposting",
        signposted_to=signposted_to,
        signposted_on=signposted_on,
    )
    return await case_answer(tx, change.case_id, change.practice)


async def answer_structural_question(
    tx: Transaction, change: Change, finding: StructuralFinding, field_of_action: str | None
) -> Answer:
    """Whether the case hints at deficient structures, and in which field (R-S4-7)."""
    if field_of_action is not None:
        FIELDS_OF_ACTION.choose(field_of_action, berlin_date(now()))
    case = await lock_case_version(tx, change.case_id, change.expected_version)
    await advance_case(
        tx,
        case,
        "answer-structural-question",
        changes={"finding": finding},
        structural_finding=finding,
        structural_field=field_of_action,
    )
    return await case_answer(tx, change.case_id, change.practice)


async def prepare_erasure(
    tx: Transaction,
    change: Change,
    archive_answer: ArchiveAnswer | None,
) -> Answer:
    """What the archive said to the offer, before an ended case is erased (C19, R-D3)."""
    case = await lock_case(tx, change.case_id)
    require_version(case["version"], change.expected_version)
    await advance_case(
        tx,
        case,
        "prepare-erasure",
        changes={"archiveAnswer": archive_answer},
        archive_answer=archive_answer,
    )
    return await case_answer(tx, change.case_id, change.practice)
