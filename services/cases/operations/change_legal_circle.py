"""A Rechtskreiswechsel: the timeline moves on, others are told, and the next referral proposed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.events import LegalCircleChanged
from services.cases.domain.referral_rules import LegalCircleMove, ProposalState, Rule, proposals
from services.cases.domain.timeline import (
    ChangeReason,
    CorrectionReason,
    DataSource,
    Provenance,
    SourceBasis,
    Status,
    TimelineKind,
    check_change,
)
from services.cases.operations.keep_timeline import insert_entry, lock_person
from services.cases.operations.on_case import advance_case, file_columns, lock_case
from services.cases.storage.queries.timeline import (
    CHANGE_VIEW,
    ENTRIES_IN_FORCE,
    OPEN_CASES_OF_PERSON,
)
from services.cases.storage.tables import (
    AuditEntry,
    LegalCircleChangeRow,
    OutboxMessage,
    ReferralProposalRow,
)
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCircleChange:
    """`effective_on` may lie ahead: the next step is prepared before the day comes."""

    person_id: UUID
    from_circle: str
    to_circle: str
    effective_on: date
    reason: ChangeReason
    provenance: Provenance = field(default_factory=Provenance)


async def change_legal_circle(tx: Transaction, change: LegalCircleChange) -> Answer:
    """Raises NotFound, CodeUnknown, CodeNotValid, SameLegalCircle, SourceBasisMissing.

    Each open case of the person, as client or in the family, gets the proposals of the rules that
    are valid on the day of the change. A case whose processing is restricted gets none.
    """
    person = await lock_person(tx, change.person_id)
    change.provenance.check()
    check_change(change.from_circle, change.to_circle, change.effective_on)
    change_id = await _insert_change(tx, person, change)
    await _move_timeline(tx, person, change)
    group = await _residence_group(tx, person, change.effective_on)
    rules = proposals(
        LegalCircleMove(
            from_circle=change.from_circle,
            to_circle=change.to_circle,
            effective_on=change.effective_on,
            residence_group=group,
        )
    )
    if rules:
        for row in await tx.rows(OPEN_CASES_OF_PERSON, person_id=change.person_id):
            await _propose(tx, row["id"], change_id, change, rules)
    document = await CHANGE_VIEW.one_in(tx, change_id=change_id)
    assert document is not None
    return Answer(document)


async def _insert_change(
    tx: Transaction, person: asyncpg.Record, change: LegalCircleChange
) -> UUID:
    change_id = new_id()
    told: dict[str, Any] = {
        "from_circle": change.from_circle,
        "to_circle": change.to_circle,
        "effective_on": change.effective_on,
        "reason": change.reason.value,
    }
    await tx.insert(
        LegalCircleChangeRow,
        id=change_id,
        unit_id=person["unit_id"],
        person_id=person["id"],
        recorded_by=tx.caller.actor,
        recorded_at=now(),
        **told,
    )
    await record_change(
        tx,
        AuditEntry,
        action="change-legal-circle",
        kind="legal-circle-change",
        record_id=change_id,
        changes={"from": change.from_circle, "to": change.to_circle},
    )
    event = LegalCircleChanged(
        change_id=change_id,
        person_id=person["id"],
        tenant_id=tx.caller.tenant_id,
        unit_id=person["unit_id"],
        **told,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=person["id"])
    return change_id


async def _move_timeline(
    tx: Transaction, person: asyncpg.Record, change: LegalCircleChange
) -> None:
    """The former circle ends the day before, where its beginning is known; the new one begins.

    Other bodies of law go on: Kindergeld does not end because the Jobcenter becomes responsible.
    """
    last_day = change.effective_on - timedelta(days=1)
    kind = TimelineKind.LEGAL_CIRCLE
    for entry in await tx.rows(
        ENTRIES_IN_FORCE, person_id=person["id"], kind=kind.value, on=last_day
    ):
        if entry["code"] == change.from_circle and entry["to_on"] != last_day:
            ended = Status(
                kind=kind,
                code=entry["code"],
                from_on=entry["from_on"],
                to_on=last_day,
                provenance=_provenance_of(entry),
            )
            await insert_entry(
                tx,
                person,
                ended,
                replaces_id=entry["id"],
                correction_reason=CorrectionReason.ENDED.value,
            )
    begun = Status(
        kind=kind,
        code=change.to_circle,
        from_on=change.effective_on,
        provenance=change.provenance,
    )
    await insert_entry(tx, person, begun)


def _provenance_of(entry: asyncpg.Record) -> Provenance:
    basis = entry["source_basis"]
    return Provenance(
        source=DataSource(entry["source"]), source_basis=SourceBasis(basis) if basis else None
    )


async def _residence_group(tx: Transaction, person: asyncpg.Record, on: date) -> str:
    """The group in force on the day; where the timeline says nothing, the one on the person."""
    entry = await tx.row(
        ENTRIES_IN_FORCE, person_id=person["id"], kind=TimelineKind.RESIDENCE.value, on=on
    )
    return str((entry or {"code": person["residence_group"]})["code"])


async def _propose(
    tx: Transaction,
    case_id: UUID,
    change_id: UUID,
    change: LegalCircleChange,
    rules: tuple[Rule, ...],
) -> None:
    case = await lock_case(tx, case_id)
    for rule in rules:
        await tx.insert(
            ReferralProposalRow,
            **file_columns(tx, case),
            change_id=change_id,
            rule=rule.id,
            service_code=rule.service_code,
            reason_de=rule.reason.de,
            reason_en=rule.reason.en,
            legal_circles=[change.from_circle, change.to_circle],
            effective_on=change.effective_on,
            state=ProposalState.OPEN.value,
            version=1,
        )
    await advance_case(
        tx, case, "propose-referrals", changes={"rules": [rule.id for rule in rules]}
    )
