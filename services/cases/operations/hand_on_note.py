"""Hand an entrusted note on to one named person, on a ground of § 65 (1) SGB VIII."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.acts import HAND_ON_NOTE
from services.cases.domain.consent import (
    Act,
    ConsentPurpose,
    ConsentType,
    DataCategory,
    Direction,
    covers,
)
from services.cases.domain.consent_lifecycle import ConsentState
from services.cases.domain.hand_on import (
    HandOnFacts,
    NoteIsHandedOn,
    NoteIsNotEntrusted,
    SecrecyGround,
    require_ground,
)
from services.cases.domain.notes import Confidentiality, NotTheWriter, ReleaseReason
from services.cases.operations.act_on_consent import consent_of
from services.cases.operations.correct_note import lock_note
from services.cases.operations.on_case import file_columns
from services.cases.storage.queries.care import CONSENT_FOR_UPDATE
from services.cases.storage.queries.notes import COLLEAGUE, RECEIVER_OF_NOTE, RELEASE_VIEW
from services.cases.storage.tables import AuditEntry, NoteReleaseRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text
from shared.service.writes import Answer


class OneReceiver(RuleViolated):
    code = "one-receiver"
    title = Text(
        de="Genau eine empfangende Person ist zu nennen.",
        en="Exactly one receiver must be named.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOn:
    note_id: UUID
    reason: ReleaseReason
    justification: str
    receiver: str | None = None
    outside_receiver: str | None = None
    data_categories: frozenset[DataCategory] = frozenset()
    consent_id: UUID | None = None
    release_id: UUID | None = None
    danger_signs: str | None = None
    is_needed_for_assessment: bool = False
    is_pseudonymised: bool = False
    court_reference: str | None = None
    is_decision_impossible_otherwise: bool = False
    secrecy_ground: SecrecyGround | None = None


async def hand_on_note(tx: Transaction, command: HandOn) -> Answer:
    """The entry in the log; from its commit on the receiver reads this version of the note.

    Consents are read under lock in this transaction (R-C5): a revocation at the same moment
    either comes first and refuses, or comes after. The case does not advance, for nobody else
    learns of it. Raises NotFound (also for whom the note is hidden), NotTheWriter,
    NoteIsNotEntrusted, OneReceiver, NoteIsHandedOn, GuardFailed.
    """
    note, case = await lock_note(tx, command.note_id)
    if note["confidentiality"] != Confidentiality.ENTRUSTED:
        raise NoteIsNotEntrusted
    relations = relations_to(tx.caller, {Relation.OWNER: note["owner"]})
    HAND_ON_NOTE.require(tx.caller, relations, NotTheWriter)
    if (command.receiver is None) == (command.outside_receiver is None):
        title = OneReceiver.title
        raise OneReceiver(faults=(FieldFault("/receiver", OneReceiver.code, title),))
    if command.receiver == note["owner"] or await _has_it(tx, command):
        raise NoteIsHandedOn
    facts = await _facts(tx, note, case, command)
    require_ground(command.reason, facts)
    columns = file_columns(tx, case)
    await tx.insert(NoteReleaseRow, **columns, **_columns(command, facts))
    if command.receiver is not None:
        await tx.share(note["text"], command.receiver)
    await record_change(
        tx,
        AuditEntry,
        action="hand-on-note",
        kind="note",
        record_id=command.note_id,
        changes={"reason": command.reason, "releaseId": str(columns["id"])},
    )
    document = await RELEASE_VIEW.one_in(tx, release_record_id=columns["id"])
    assert document is not None
    return Answer(document)


async def _has_it(tx: Transaction, command: HandOn) -> bool:
    if command.receiver is None:
        return False
    found = await tx.value(RECEIVER_OF_NOTE, note_id=command.note_id, receiver=command.receiver)
    return found is not None


async def _facts(
    tx: Transaction, note: asyncpg.Record, case: asyncpg.Record, command: HandOn
) -> HandOnFacts:
    today = berlin_date(now())
    owner = await tx.row(COLLEAGUE, actor=tx.caller.actor)
    receiver = await tx.row(COLLEAGUE, actor=command.receiver) if command.receiver else None
    bound_on = receiver["bound_to_secrecy_on"] if receiver else None
    is_consent_covering = await _is_covered(
        tx, note, command, command.consent_id, ConsentType.EINWILLIGUNG
    )
    is_release_covering = await _is_covered(
        tx, note, command, command.release_id, ConsentType.SCHWEIGEPFLICHTENTBINDUNG
    )
    return HandOnFacts(
        is_receiver_bound=receiver is not None
        and receiver["is_active"]
        and bound_on is not None
        and bound_on <= today,
        is_receiver_in_charge=command.receiver is not None
        and command.receiver == case["case_manager"],
        is_receiver_outside=command.outside_receiver is not None,
        is_consent_covering=is_consent_covering,
        is_release_needed=owner is not None and owner["is_state_recognised"],
        is_release_covering=is_release_covering,
        has_danger_signs=bool(command.danger_signs),
        is_needed_for_assessment=command.is_needed_for_assessment,
        is_pseudonymised=command.is_pseudonymised,
        has_court_reference=bool(command.court_reference),
        is_decision_impossible_otherwise=command.is_decision_impossible_otherwise,
        secrecy_ground=command.secrecy_ground,
    )


async def _is_covered(
    tx: Transaction,
    note: asyncpg.Record,
    command: HandOn,
    consent_id: UUID | None,
    consent_type: ConsentType,
) -> bool:
    """Given by the person who entrusted it, for exactly this, in force at this moment."""
    if consent_id is None or note["entrusted_by_id"] is None or not command.data_categories:
        return False
    row = await tx.row(CONSENT_FOR_UPDATE, consent_id=consent_id)
    if row is None:
        return False
    own_unit = tx.caller.unit_id
    act = Act(
        consent_type=consent_type,
        subject_person_id=note["entrusted_by_id"],
        purpose=ConsentPurpose.HAND_ON_ENTRUSTED,
        data_categories=command.data_categories,
        discloser_unit=own_unit,
        recipient_unit=own_unit,
        direction=Direction.OUT,
    )
    is_active = row["state"] == ConsentState.ACTIVE
    return covers(consent_of(row), act, is_active=is_active, on=berlin_date(now()))


def _columns(command: HandOn, facts: HandOnFacts) -> dict[str, Any]:
    """Records that cover nothing are not kept: they may not even be of this unit."""
    return {
        "note_id": command.note_id,
        "reason": command.reason,
        "receiver": command.receiver,
        "outside_receiver": command.outside_receiver,
        "justification": command.justification,
        "data_categories": sorted(command.data_categories),
        "consent_id": command.consent_id if facts.is_consent_covering else None,
        "release_id": command.release_id if facts.is_release_covering else None,
        "danger_signs": command.danger_signs,
        "court_reference": command.court_reference,
        "secrecy_ground": command.secrecy_ground,
    }
