"""One row of an import and the records it becomes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from services.cases.domain.area import Ags
from services.cases.domain.choices import FamilyRole, Origin, OtherBasis
from services.cases.domain.codes import ARRIVAL_COHORTS, ClosingReason, DeclineReason
from services.cases.domain.facts import CaseState
from services.cases.domain.people import clean_languages
from services.cases.operations.open_case import OPENING_ACTION, NewMember
from services.cases.operations.record_person import person_columns, search_columns
from services.cases.storage.tables import (
    CaseFileRow,
    CaseRow,
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
from shared.kernel.text import Text

IMPORT_ACTION = "import"
IMPORT_RULE = "IMPORT"
Made = list[tuple[type[SQLModel], dict[str, Any]]]


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
    members: tuple[NewMember, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A line that could not even be read."""

    line: int
    key: str | None
    faults: tuple[FieldFault, ...]


def records_of(row: ImportRow, caller: Caller, *, today: date) -> tuple[UUID, Made]:
    """The case's id and its records, in an order that foreign keys allow.

    Raises ImportedStateUnclear and what recording persons raises (422).
    """
    _require_clear(row, today)
    instant = now()
    made: Made = []
    family_id, client_id = _people(row, caller, made, instant=instant, today=today)
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
                "state": row.state,
                "state_since": since,
                "opened_on": row.opened_on,
                "closed_on": row.closed_on,
                "closing_reason": row.closing_reason,
                "decline_reason": row.decline_reason,
                "pseudonym": row.pseudonym,
                "contact": row.contact,
                "language": row.language,
                "person_id": client_id,
                "family_id": family_id,
                "municipality_ags": row.municipality_ags,
                "is_area_resolved": True,
                "import_key": row.key,
                "case_manager": row.case_manager,
                "other_basis": row.other_basis,
                "other_basis_reason": row.other_basis_reason,
                "is_processing_restricted": False,
                "is_under_legal_hold": False,
                "is_staff_related": False,
                "is_child_protection": False,
                "erasure_confirmed_by": [],
                "version": 1,
                "created_at": instant,
                "updated_at": instant,
            },
        )
    )
    made.append((CaseFileRow, {"id": case_id, "unit_id": caller.unit_id}))
    made += _history(row, caller, case_id, since=since, instant=instant)
    return case_id, made


def _require_clear(row: ImportRow, today: date) -> None:
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
    row: ImportRow, caller: Caller, made: Made, *, instant: datetime, today: date
) -> tuple[UUID | None, UUID | None]:
    if not row.members:
        return None, None
    shared = {"unit_id": caller.unit_id}
    dated = {"version": 1, "created_at": instant, "updated_at": instant}
    family_id, client_id = new_id(), None
    made.append(
        (FamilyRow, {"id": family_id, "arrival_cohort": row.arrival_cohort, **shared, **dated})
    )
    for member in row.members:
        person_id = new_id()
        columns = person_columns(member.person, today=today)
        made.append((PersonRow, {"id": person_id, **columns, **shared, **dated}))
        keys = {"id": new_id(), "person_id": person_id, **search_columns(columns)}
        made.append((PersonSearchRow, {**keys, **shared}))
        made.append(
            (
                FamilyMemberRow,
                {
                    "id": new_id(),
                    "family_id": family_id,
                    "person_id": person_id,
                    "role": member.role,
                    "from_on": row.opened_on,
                    **shared,
                },
            )
        )
        if client_id is None and member.role is FamilyRole.CLIENT:
            client_id = person_id
    return family_id, client_id


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
