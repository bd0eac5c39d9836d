"""Record a structural finding: the extracts it stands on, its particulars, its steps."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import asyncpg

from services.cases.domain.codes import FIELDS_OF_ACTION
from services.cases.domain.dates import date_warnings
from services.cases.domain.errors import DateInFuture
from services.cases.domain.events import FindingMeasureFunded, StructuralFindingRecorded
from services.cases.domain.extracts import (
    Traits,
    arrival_band,
    require_no_names,
    shown_municipality,
    traits,
)
from services.cases.domain.finding_codes import MethodStep
from services.cases.domain.findings import (
    OPEN_FOR_EXTRACTS,
    CaseIsExtracted,
    ExtractsAreClosed,
    FindingState,
    require_next_step,
    require_turn,
)
from services.cases.domain.people import BirthDate
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.operations.on_finding import (
    KIND,
    advance_finding,
    finding_answer,
    lock_finding,
)
from services.cases.storage.queries.findings import (
    NAMES_IN_CASE,
    ORIGIN_OF_CASE,
    STEPS_OF_FINDING,
    TRAITS_IN_MUNICIPALITY,
    TRAITS_OF_CASE,
)
from services.cases.storage.tables import (
    AuditEntry,
    ExtractOriginRow,
    FindingExtractRow,
    FindingRow,
    FindingStepRow,
    OutboxMessage,
)
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What the writer says; the codes of the person are read from the case. The year of arrival
    becomes a band and is not stored. `is_text_checked`: somebody looked at what seemed a name.
    """

    case_id: UUID
    field_of_action: str
    problem: str
    arrival_year: int | None = None
    is_municipality_named: bool = False
    is_text_checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFinding:
    title: str
    field_of_action: str
    extracts: tuple[Extract, ...]
    participant_units: tuple[str, ...] = ()
    partner_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """`funding_reference`: key of the funding line that pays, `INTERFACE_MEASURES` for example:
    such money is spent on measures that result from a finding only (R-S4-11). `funding_line_id`
    names the line of an award; it belongs to the funding service, so its shape is all we check.
    """

    title: str
    field_of_action: str
    participant_units: tuple[str, ...]
    partner_units: tuple[str, ...]
    proposed_measure: str | None
    funding_reference: str | None
    funding_line_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    step: MethodStep
    done_on: date
    result: str


async def record_finding(tx: Transaction, finding: NewFinding, *, k: int) -> Answer:
    """A draft with its extracts, whole or not at all.

    Raises NotFound for a case of another unit, CodeUnknown, NamesSuspected, CaseIsExtracted.
    """
    finding_id, at = new_id(), now()
    FIELDS_OF_ACTION.choose(finding.field_of_action, berlin_date(at))
    await tx.insert(
        FindingRow,
        id=finding_id,
        unit_id=tx.caller.unit_id,
        state=FindingState.DRAFT,
        title=finding.title,
        field_of_action=finding.field_of_action,
        participant_units=_once(finding.participant_units),
        partner_units=_once(finding.partner_units),
        version=1,
        recorded_at=at,
        updated_at=at,
    )
    for position, extract in enumerate(finding.extracts):
        await _insert_extract(tx, finding_id, extract, k=k, pointer=f"/extracts/{position}")
    changes = {"fieldOfAction": finding.field_of_action, "extracts": len(finding.extracts)}
    await record_change(
        tx, AuditEntry, action="record-finding", kind=KIND, record_id=finding_id, changes=changes
    )
    event = StructuralFindingRecorded(
        finding_id=finding_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        field_of_action=finding.field_of_action,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=finding_id)
    return await finding_answer(tx, finding_id, created=True)


async def add_extract(tx: Transaction, finding_id: UUID, extract: Extract, *, k: int) -> Answer:
    """One more case. Raises NotFound, NotYourTurn, ExtractsAreClosed, and as record_finding."""
    row = await lock_finding(tx, finding_id)
    if FindingState(row["state"]) not in OPEN_FOR_EXTRACTS:
        raise ExtractsAreClosed(state=row["state"])
    await _insert_extract(tx, finding_id, extract, k=k, pointer="")
    await advance_finding(tx, row, "add-extract")
    return await finding_answer(tx, finding_id)


async def describe_finding(
    tx: Transaction, finding_id: UUID, expected_version: int | None, particulars: Particulars
) -> Answer:
    """Replace what may change. Raises NotFound, VersionMissing, Stale, NotYourTurn, CodeUnknown."""
    row = await lock_finding(tx, finding_id)
    require_version(row["version"], expected_version)
    require_turn(FindingState(row["state"]), tx.caller.roles)
    FIELDS_OF_ACTION.choose(particulars.field_of_action, berlin_date(now()))
    line = particulars.funding_line_id
    await advance_finding(
        tx,
        row,
        "describe-finding",
        changes={
            "fundingReference": particulars.funding_reference,
            "fundingLineId": str(line) if line else None,
        },
        title=particulars.title,
        field_of_action=particulars.field_of_action,
        participant_units=_once(particulars.participant_units),
        partner_units=_once(particulars.partner_units),
        proposed_measure=particulars.proposed_measure,
        funding_reference=particulars.funding_reference,
        funding_line_id=line,
    )
    if line is not None and line != row["funding_line_id"]:
        event = FindingMeasureFunded(
            finding_id=finding_id,
            tenant_id=tx.caller.tenant_id,
            unit_id=tx.caller.unit_id,
            funding_line_id=line,
        )
        await record_event(tx, OutboxMessage, event, aggregate_id=finding_id)
    return await finding_answer(tx, finding_id)


async def record_step(tx: Transaction, finding_id: UUID, done: StepDone) -> Answer:
    """A step of the method, in its order; a weekend is worth a warning.

    Raises NotFound, NotYourTurn, StepOutOfOrder, DateInFuture.
    """
    if done.done_on > berlin_date(now()):
        raise DateInFuture
    row = await lock_finding(tx, finding_id)
    state = FindingState(row["state"])
    require_turn(state, tx.caller.roles)
    steps = await tx.rows(STEPS_OF_FINDING, finding_id=finding_id)
    require_next_step(state, frozenset(MethodStep(step["step"]) for step in steps), done.step)
    await tx.insert(
        FindingStepRow,
        id=new_id(),
        finding_id=finding_id,
        position=len(steps) + 1,
        step=done.step,
        done_on=done.done_on,
        result=done.result,
    )
    await advance_finding(tx, row, "record-step", changes={"step": done.step})
    return await finding_answer(tx, finding_id, warnings=date_warnings(done.done_on, "/doneOn"))


async def _insert_extract(
    tx: Transaction, finding_id: UUID, extract: Extract, *, k: int, pointer: str
) -> None:
    """The extract for everybody, its origin for the unit of the case alone."""
    today = berlin_date(now())
    FIELDS_OF_ACTION.choose(extract.field_of_action, today)
    case = await lock_open_case(tx, extract.case_id)
    if await tx.value(ORIGIN_OF_CASE, finding_id=finding_id, case_id=extract.case_id):
        raise CaseIsExtracted
    seen = await tx.row(TRAITS_OF_CASE, case_id=extract.case_id)
    assert seen is not None
    people = await tx.rows(NAMES_IN_CASE, case_id=extract.case_id)
    names = [name for person in people for name in person.values() if name]
    names.append(seen["pseudonym"] or "")
    require_no_names(
        extract.problem,
        names,
        is_checked=extract.is_text_checked,
        pointer=f"{pointer}/problem",
    )
    own = _traits(seen, today)
    extract_id = uuid4()  # our usual ids say when they were made; this one must not
    await tx.insert(
        FindingExtractRow,
        id=extract_id,
        finding_id=finding_id,
        field_of_action=extract.field_of_action,
        residence_group=own.residence_group or "OTHER_UNKNOWN",
        arrival_band=arrival_band(extract.arrival_year),
        age_band=own.age_band,
        language=own.language,
        municipality_ags=await _municipality(tx, seen, extract, own, k=k),
        problem=extract.problem,
    )
    await tx.insert(
        ExtractOriginRow, **file_columns(tx, case), extract_id=extract_id, finding_id=finding_id
    )
    await advance_case(tx, case, "extract-case")


async def _municipality(
    tx: Transaction, seen: asyncpg.Record, extract: Extract, own: Traits, *, k: int
) -> str | None:
    ags = seen["municipality_ags"]
    if ags is None or not extract.is_municipality_named or seen["is_household_restricted"]:
        return None
    rows = await tx.rows(TRAITS_IN_MUNICIPALITY, ags=ags)
    today = berlin_date(now())
    return shown_municipality(ags, own, (_traits(row, today) for row in rows), k)


def _traits(row: asyncpg.Record, on: date) -> Traits:
    birth = BirthDate.parse(row["birth_date"], today=on)
    return traits(row["residence_group"], birth, row["language"], on)


def _once(units: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(units))
