"""One row of an import and the records it becomes."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import orjson
from sqlmodel import SQLModel

from services.cases.domain.area import Ags
from services.cases.domain.choices import FamilyRole, Gender, Origin, OtherBasis
from services.cases.domain.codes import ARRIVAL_COHORTS, ClosingReason, DeclineReason
from services.cases.domain.external_ids import (
    ExternalKind,
    client_number,
)
from services.cases.domain.facts import CaseState
from services.cases.domain.people import clean_languages
from services.cases.operations.open_case import OPENING_ACTION, NewMember
from services.cases.operations.record_delivery import (
    KnownPersons,
    Source,
    delivery_columns,
    number_columns,
)
from services.cases.operations.record_person import (
    NOT_RECORDED,
    PersonParticulars,
    person_columns,
    search_columns,
)
from services.cases.storage.tables import (
    CaseFileRow,
    CaseRow,
    DeliveryRow,
    ExternalIdRow,
    FamilyMemberRow,
    FamilyRow,
    PersonRow,
    PersonSearchRow,
    PhaseRow,
)
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.register_numbers import require_no_register_number
from shared.kernel.text import Text, camel

IMPORT_ACTION = "import"
IMPORT_RULE = "IMPORT"
Made = list[tuple[type[SQLModel], dict[str, Any]]]
PERSON_FIELDS: Final = tuple(PersonParticulars.__dataclass_fields__)
# The way of a case: taken over once, afterwards the case's own steps decide.
WAY_FIELDS: Final = (
    "state", "opened_on", "state_since", "closed_on", "closing_reason", "decline_reason",
    "case_manager",
)  # fmt: skip
PLAIN_FIELDS: Final = (
    "pseudonym", "contact", "language", "municipality_ags", "other_basis", "other_basis_reason",
)  # fmt: skip
CASE_FIELDS: Final = (*WAY_FIELDS, *PLAIN_FIELDS, "arrival_cohort")
CASE_COLUMNS: Final = tuple(name for name in (*WAY_FIELDS, *PLAIN_FIELDS) if name != "state_since")


class ImportedStateUnclear(RuleViolated):
    code = "imported-state-unclear"
    title = Text(
        de="Ein abgeschlossener Fall braucht Datum und Abschlussgrund, ein nicht aufgenommener "
        "Datum und Grund der Nichtaufnahme; Gelöschtes wird nicht übernommen und nichts beginnt "
        "in der Zukunft.",
        en="A closed case needs date and closing reason, a declined one date and decline reason; "
        "nothing erased is taken over and nothing begins in the future.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A case as the older system knows it. `key` is that system's own, opaque key."""

    line: int
    key: str
    state: CaseState
    opened_on: date
    state_since: date | None = None
    closed_on: date | None = None
    closing_reason: ClosingReason | None = None
    decline_reason: DeclineReason | None = None
    pseudonym: str | None = None
    contact: str | None = None
    language: str | None = None
    municipality_ags: str | None = None
    arrival_cohort: str | None = None
    other_basis: OtherBasis | None = None
    other_basis_reason: str | None = None
    case_manager: str | None = None
    is_new_case: bool = False
    members: tuple[NewMember, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A line that could not even be read."""

    line: int
    key: str | None
    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """The records that a row becomes, in an order that foreign keys allow."""

    case_id: UUID
    person_ids: tuple[UUID, ...]
    made: Made


def member_numbers(row: ImportRow) -> tuple[str | None, ...]:
    """What each member is known by; the first client of a case at least by the case."""
    client = next((m for m in row.members if m.role is FamilyRole.CLIENT), None)
    return tuple(
        client_number(row.key) if member is client and not member.external_id
        else member.external_id
        for member in row.members
    )  # fmt: skip


def person_values(person: PersonParticulars) -> dict[str, Any]:
    """What was told, without what was left out."""
    told = {camel(name): getattr(person, name) for name in PERSON_FIELDS}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in told.items()
        if value not in ((), None, Gender.NOT_RECORDED, NOT_RECORDED)
    }


def case_values(row: ImportRow) -> dict[str, Any]:
    """The row as it is compared with the next one; members without a number as a digest."""
    values = {
        camel(name): value.isoformat() if isinstance(value, date) else value
        for name in CASE_FIELDS
        if (value := getattr(row, name)) is not None
    }
    members = [
        {"role": member.role, "externalId": number}
        if number
        else {"role": member.role, "digest": _digest(member.person)}
        for member, number in zip(row.members, member_numbers(row), strict=True)
    ]
    return values | ({"members": members} if members else {})


def records_of(
    row: ImportRow, caller: Caller, source: Source, known: KnownPersons, *, today: date
) -> NewCase:
    """Raises ImportedStateUnclear and what recording persons raises (422)."""
    require_clear(row, today)
    instant = now()
    made: Made = []
    family_id, persons = _people(row, caller, source, known, made, today=today)
    case_id = new_id()
    since = row.state_since or row.closed_on or row.opened_on
    made.append(
        (
            CaseRow,
            {
                "id": case_id,
                "unit_id": caller.unit_id,
                "reference": "",
                "origin": Origin.IMPORT,
                "state_since": since,
                "person_id": next(
                    (one for role, one in persons if role is FamilyRole.CLIENT), None
                ),
                "family_id": family_id,
                "is_area_resolved": True,
                "is_processing_restricted": False,
                "is_under_legal_hold": False,
                "is_staff_related": False,
                "is_child_protection": False,
                "erasure_confirmed_by": [],
                "version": 1,
                "created_at": instant,
                "updated_at": instant,
                **{name: getattr(row, name) for name in CASE_COLUMNS},
            },
        )
    )
    made.append((CaseFileRow, {"id": case_id, "unit_id": caller.unit_id}))
    made += _history(row, caller, case_id, since=since, instant=instant)
    kind = ExternalKind.CASE
    made.append((ExternalIdRow, number_columns(caller, source, kind, case_id, row.key)))
    made.append((DeliveryRow, delivery_columns(caller, source, kind, case_id, case_values(row))))
    return NewCase(case_id=case_id, person_ids=tuple(one for _, one in persons), made=made)


def require_clear(row: ImportRow, today: date) -> None:
    """Raises ImportedStateUnclear, AgsUnreadable, LanguageUnacceptable, CodeUnknown and
    RegisterNumberRefused (H3).
    """
    for number in (row.key, *(member.external_id for member in row.members)):
        require_no_register_number(number or "")
    is_ended = row.state in {CaseState.CLOSED, CaseState.DECLINED}
    is_clear = (
        row.state is not CaseState.ERASED
        and row.opened_on <= (row.state_since or row.closed_on or row.opened_on) <= today
        and is_ended == (row.closed_on is not None)
        and (row.state is CaseState.CLOSED) == (row.closing_reason is not None)
        and (row.state is CaseState.DECLINED) == (row.decline_reason is not None)
    )
    if not is_clear:
        raise ImportedStateUnclear
    if row.municipality_ags is not None:
        Ags.parse(row.municipality_ags)
    if row.language is not None:
        clean_languages((row.language,))
    if row.arrival_cohort is not None:
        ARRIVAL_COHORTS.choose(row.arrival_cohort, row.opened_on)


def _people(
    row: ImportRow,
    caller: Caller,
    source: Source,
    known: KnownPersons,
    made: Made,
    *,
    today: date,
) -> tuple[UUID | None, list[tuple[FamilyRole, UUID]]]:
    """The family, and role and id of each member: known ones as they are, the others new."""
    numbers = member_numbers(row)
    recorded = [known[number] for number in numbers if number is not None and number in known]
    family_id = next((one.family_id for one in recorded if one.family_id), None)
    is_in_family = family_id is not None
    if row.members and family_id is None:
        family_id = new_id()
        columns = {"id": family_id, "arrival_cohort": row.arrival_cohort}
        made.append((FamilyRow, columns | _dated(caller)))
    persons: list[tuple[FamilyRole, UUID]] = []
    for member, number in zip(row.members, numbers, strict=True):
        if number in known and number is not None:
            person_id = known[number].present_id
            joins = not (is_in_family and known[number].family_id == family_id)
        else:
            person_id, joins = new_id(), True
            made += new_person(member, number, person_id, caller, source, today=today)
        persons.append((member.role, person_id))
        if joins and family_id is not None:
            made.append(membership(family_id, person_id, member.role, row.opened_on, caller))
    return family_id, persons


def membership(
    family_id: UUID, person_id: UUID, role: FamilyRole, from_on: date, caller: Caller
) -> tuple[type[SQLModel], dict[str, Any]]:
    columns = {
        "id": new_id(),
        "unit_id": caller.unit_id,
        "family_id": family_id,
        "person_id": person_id,
        "role": role,
        "from_on": from_on,
    }
    return FamilyMemberRow, columns


def new_person(
    member: NewMember,
    number: str | None,
    person_id: UUID,
    caller: Caller,
    source: Source,
    *,
    today: date,
) -> Made:
    columns = person_columns(member.person, today=today)
    keys = {"id": new_id(), "unit_id": caller.unit_id, "person_id": person_id}
    kind, values = ExternalKind.PERSON, person_values(member.person)
    made: Made = [
        (PersonRow, {"id": person_id, **columns, **_dated(caller)}),
        (PersonSearchRow, {**keys, **search_columns(columns)}),
        (DeliveryRow, delivery_columns(caller, source, kind, person_id, values)),
    ]
    if number is not None:
        made.append((ExternalIdRow, number_columns(caller, source, kind, person_id, number)))
    return made


def _dated(caller: Caller) -> dict[str, Any]:
    instant = now()
    return {
        "unit_id": caller.unit_id,
        "version": 1,
        "created_at": instant,
        "updated_at": instant,
    }


def _digest(person: PersonParticulars) -> str:
    return sha256(orjson.dumps(person_values(person), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _history(
    row: ImportRow, caller: Caller, case_id: UUID, *, since: date, instant: datetime
) -> Made:
    """Two steps: how it began, and where the older system had it when it was taken over."""
    steps: list[tuple[CaseState | None, CaseState, str, str, date]] = [
        (None, CaseState.REQUESTED, OPENING_ACTION, "C1", row.opened_on)
    ]
    if row.state is not CaseState.REQUESTED:
        steps.append((CaseState.REQUESTED, row.state, IMPORT_ACTION, IMPORT_RULE, since))
    return [
        (
            PhaseRow,
            {
                "id": new_id(),
                "unit_id": caller.unit_id,
                "case_id": case_id,
                "position": position,
                "from_state": before,
                "to_state": after,
                "action": action,
                "rule": rule,
                "on_date": on_date,
                "at": instant,
                "actor": caller.actor,
            },
        )
        for position, (before, after, action, rule, on_date) in enumerate(steps, start=1)
    ]
