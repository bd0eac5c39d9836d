"""Record a case conference: the extract shown, who was told what and why, what was agreed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.codes import FIELDS_OF_ACTION
from services.cases.domain.conferences import (
    Cover,
    Disclosure,
    DisclosureBasis,
    OutcomeKind,
    require_covered,
    require_permitted,
)
from services.cases.domain.consent_lifecycle import ConsentState
from services.cases.domain.dates import date_warnings
from services.cases.domain.errors import CaseHasNoPerson, DateInFuture
from services.cases.domain.extracts import require_no_names
from services.cases.domain.legal_grounds import STATUTORY_GROUNDS
from services.cases.operations.act_on_consent import consent_of
from services.cases.operations.answers import with_warnings
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.care import CONSENT_FOR_UPDATE
from services.cases.storage.queries.conferences import CONFERENCE_VIEW
from services.cases.storage.queries.findings import NAMES_IN_CASE
from services.cases.storage.tables import (
    AuditEntry,
    ConferenceOutcomeRow,
    ConferenceParticipantRow,
    ConferenceRow,
)
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    kind: OutcomeKind
    text: str
    responsible_unit: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """`extract` is what all at the table see: about this case, without a name."""

    case_id: UUID
    held_on: date
    topics: tuple[str, ...]
    extract: str
    participants: tuple[Disclosure, ...]
    outcomes: tuple[Outcome, ...] = ()
    is_text_checked: bool = False


async def hold_conference(tx: Transaction, conference: Conference) -> Answer:
    """The conference with every disclosure, whole or not at all; never changed afterwards.

    Consents are read under lock in this transaction: one that is revoked at the same moment either
    comes first and refuses, or comes after (R-C5). Raises NotFound, CaseIsNotOpen, DateInFuture,
    NamesSuspected, DisclosureDecisionMissing, NeverToAuthorities, BasisMissing, NotCovered.
    """
    today = berlin_date(now())
    if conference.held_on > today:
        raise DateInFuture
    topics = [FIELDS_OF_ACTION.choose(topic, conference.held_on) for topic in conference.topics]
    case = await lock_open_case(tx, conference.case_id)
    await _require_pseudonymous(tx, conference)
    for disclosure in conference.participants:
        await _require_lawful(tx, case, disclosure, days=(conference.held_on, today))
    columns = file_columns(tx, case)
    await tx.insert(
        ConferenceRow,
        **columns,
        held_on=conference.held_on,
        topics=list(dict.fromkeys(topics)),
        extract=conference.extract,
    )
    for disclosure in conference.participants:
        await _insert_participant(tx, case, columns["id"], disclosure)
    for position, outcome in enumerate(conference.outcomes, start=1):
        await tx.insert(
            ConferenceOutcomeRow,
            **file_columns(tx, case),
            conference_id=columns["id"],
            position=position,
            kind=outcome.kind,
            text=outcome.text,
            responsible_unit=outcome.responsible_unit,
            due_on=outcome.due_on,
        )
    changes = {"conferenceId": str(columns["id"])}
    await advance_case(tx, case, "hold-conference", changes=changes)
    document = await CONFERENCE_VIEW.one_in(tx, conference_id=columns["id"])
    assert document is not None
    warnings = date_warnings(conference.held_on, "/heldOn")
    location = f"/v1/case-conferences/{columns['id']}"
    return Answer(with_warnings(document, warnings), location)


async def _require_pseudonymous(tx: Transaction, conference: Conference) -> None:
    people = await tx.rows(NAMES_IN_CASE, case_id=conference.case_id)
    names = [name for person in people for name in person.values() if name]
    is_checked = conference.is_text_checked
    require_no_names(conference.extract, names, is_checked=is_checked, pointer="/extract")


async def _require_lawful(
    tx: Transaction, case: asyncpg.Record, disclosure: Disclosure, *, days: tuple[date, ...]
) -> None:
    own_unit = case["unit_id"]
    require_permitted(disclosure, own_unit)
    if disclosure.ground is not None:
        for day in days:
            STATUTORY_GROUNDS.choose(disclosure.ground, day)
    if disclosure.basis is not DisclosureBasis.CONSENT:
        return
    if case["person_id"] is None:
        raise CaseHasNoPerson
    covering = [
        await _cover(tx, consent_id)
        for consent_id in (disclosure.consent_id, disclosure.release_id)
        if consent_id is not None
    ]
    found = [cover for cover in covering if cover is not None]
    require_covered(disclosure, case["person_id"], own_unit, found, days=days)


async def _cover(tx: Transaction, consent_id: UUID) -> Cover | None:
    row = await tx.row(CONSENT_FOR_UPDATE, consent_id=consent_id)
    if row is None:
        return None
    return Cover(consent_of(row), is_active=row["state"] == ConsentState.ACTIVE)


async def _insert_participant(
    tx: Transaction, case: asyncpg.Record, conference_id: UUID, disclosure: Disclosure
) -> None:
    """The record, and one audit entry that says what went to whom on which basis."""
    decision = disclosure.decision
    fields = sorted(disclosure.fields)
    await tx.insert(
        ConferenceParticipantRow,
        **file_columns(tx, case),
        conference_id=conference_id,
        participant=disclosure.unit,
        participant_type=disclosure.unit_type,
        basis=disclosure.basis,
        fields=fields,
        consent_id=disclosure.consent_id,
        release_id=disclosure.release_id,
        ground=disclosure.ground,
        decision_reason=decision.reason if decision else None,
        is_client_informed=decision.is_client_informed if decision else None,
        request_reference=decision.request_reference if decision else None,
    )
    if disclosure.basis is DisclosureBasis.OWN_UNIT:
        return
    changes: dict[str, Any] = {
        "conferenceId": str(conference_id),
        "recipientUnit": disclosure.unit,
        "fields": fields,
        "basis": disclosure.basis,
    }
    if disclosure.ground is not None:
        changes["ground"] = disclosure.ground
    for name in ("consent_id", "release_id"):
        if (record := getattr(disclosure, name)) is not None:
            changes[name.replace("_id", "Id")] = str(record)
    await record_change(
        tx,
        AuditEntry,
        action="disclose-in-conference",
        kind="case",
        record_id=case["id"],
        changes=changes,
    )
