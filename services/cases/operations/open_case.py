"""Open a case (C1): by self-contact or outreach in one compound step, or from a referral."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.cases.domain.area import Ags
from services.cases.domain.case_types import KIM_CODE, CaseTypeUnknown
from services.cases.domain.choices import FamilyRole, Origin
from services.cases.domain.errors import FamilyUnknown
from services.cases.domain.events import CaseRequested
from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CASE_LIFECYCLE
from services.cases.domain.people import clean_languages
from services.cases.operations.compose_family import (
    Member,
    family_of,
    insert_family,
    require_not_joined,
)
from services.cases.operations.known_person import require_person
from services.cases.operations.record_person import PersonParticulars, insert_person
from services.cases.storage.queries.case_types import PUBLISHED_CASE_TYPE
from services.cases.storage.queries.cases import NEXT_REFERENCES
from services.cases.storage.queries.families import FAMILY_FOR_UPDATE
from services.cases.storage.tables import (
    AuditEntry,
    CaseFileRow,
    CaseRow,
    OutboxMessage,
    PhaseRow,
)
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event

OPENING_ACTION = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A person recorded together with the case, and what a delivering system knows them by."""

    role: FamilyRole
    person: PersonParticulars
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Minimal data: a pseudonym or a person, a language, a way to get in touch.

    `members` are recorded with the case and become its family; the first with the role CLIENT is
    the client. Known persons and families are named by id instead.
    """

    origin: Origin
    case_type: str = KIM_CODE
    pseudonym: str | None = None
    contact: str | None = None
    language: str | None = None
    municipality_ags: str | None = None
    is_area_resolved: bool = False
    is_staff_related: bool = False
    is_child_protection: bool = False
    person_id: UUID | None = None
    family_id: UUID | None = None
    arrival_cohort: str | None = None
    members: tuple[NewMember, ...] = field(default=())
    referral_id: UUID | None = None


async def insert_case(tx: Transaction, command: OpenCase) -> UUID:
    """A case in REQUESTED, controlled by the caller's unit.

    Raises CaseTypeUnknown, PersonUnknown, FamilyUnknown (409), AgsUnreadable,
    LanguageUnacceptable and what recording persons raises (422).
    """
    case_id, instant = new_id(), now()
    today = berlin_date(instant)
    person_id, family_id = await _people(tx, command, today)
    unit_id = tx.caller.unit_id
    await tx.insert(
        CaseRow,
        id=case_id,
        unit_id=unit_id,
        case_type_id=await _published_type(tx, command.case_type),
        reference=await next_reference(tx, today),
        state=CASE_LIFECYCLE.initial.value,
        state_since=today,
        opened_on=today,
        person_id=person_id,
        family_id=family_id,
        erasure_confirmed_by=[],
        version=1,
        created_at=instant,
        updated_at=instant,
        **_plain_columns(command),
    )
    await tx.insert(CaseFileRow, id=case_id, unit_id=unit_id)
    await tx.insert(
        PhaseRow,
        id=new_id(),
        unit_id=unit_id,
        case_id=case_id,
        position=1,
        from_state=None,
        to_state=CaseState.REQUESTED.value,
        action=OPENING_ACTION,
        rule="C1",
        on_date=today,
        at=instant,
        actor=tx.caller.actor,
    )
    await record_change(
        tx,
        AuditEntry,
        action="open-case",
        kind="case",
        record_id=case_id,
        changes={"origin": command.origin.value},
    )
    event = CaseRequested(
        case_id=case_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=unit_id,
        referral_id=command.referral_id,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=case_id)
    return case_id


async def _published_type(tx: Transaction, code: str) -> UUID:
    case_type_id: UUID | None = await tx.value(PUBLISHED_CASE_TYPE, code=code)
    if case_type_id is None:
        raise CaseTypeUnknown(caseType=code)
    return case_type_id


async def next_reference(tx: Transaction, day: date) -> str:
    """`KIM-2026-000123`: one row per tenant and year counts, so that no number is left out."""
    last = await tx.value(NEXT_REFERENCES, tenant_id=tx.caller.tenant_id, year=day.year, count=1)
    return reference(day.year, last)


def reference(year: int, number: int) -> str:
    return f"KIM-{year}-{number:06d}"


def _plain_columns(command: OpenCase) -> dict[str, Any]:
    if command.municipality_ags is not None:
        Ags.parse(command.municipality_ags)
    if command.language is not None:
        clean_languages((command.language,))
    return {
        "origin": command.origin.value,
        "pseudonym": command.pseudonym,
        "contact": command.contact,
        "language": command.language,
        "municipality_ags": command.municipality_ags,
        "is_area_resolved": command.is_area_resolved,
        "is_staff_related": command.is_staff_related,
        "is_child_protection": command.is_child_protection,
        "is_processing_restricted": False,
        "is_under_legal_hold": False,
        "referral_id": command.referral_id,
    }


async def _people(
    tx: Transaction, command: OpenCase, today: date
) -> tuple[UUID | None, UUID | None]:
    """Client and family: named by id and checked to be this unit's, or recorded now."""
    await require_known(tx, command.person_id, command.family_id)
    person_id, family_id = command.person_id, command.family_id
    if command.members:
        recorded = [(new.role, await insert_person(tx, new.person)) for new in command.members]
        if person_id is None:
            person_id = next((one for role, one in recorded if role is FamilyRole.CLIENT), None)
        else:
            recorded.insert(0, (FamilyRole.CLIENT, person_id))
        members = tuple(Member(person_id=one, role=role, from_on=today) for role, one in recorded)
        family_id = await insert_family(tx, members, command.arrival_cohort)
    elif person_id is not None and family_id is None:
        family_id = await family_of(tx, person_id)
    return person_id, family_id


async def require_known(tx: Transaction, person_id: UUID | None, family_id: UUID | None) -> None:
    """Ids of another unit look like unknown ones.

    Raises PersonUnknown, PersonIsMerged, FamilyUnknown, FamilyIsJoined.
    """
    if person_id:
        await require_person(tx, person_id)
    if family_id:
        family = await tx.row(FAMILY_FOR_UPDATE, family_id=family_id)
        if family is None:
            raise FamilyUnknown
        require_not_joined(family)
