"""Give, refuse, revoke or invalidate a consent (K2 to K8)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.consent import (
    Consent,
    ConsentPurpose,
    ConsentType,
    DataCategory,
    Direction,
    Form,
    Giver,
    RepresentationBasis,
)
from services.cases.domain.consent_lifecycle import (
    CONSENT_LIFECYCLE,
    EVER_EFFECTIVE,
    ConsentAction,
    ConsentFacts,
    ConsentState,
)
from services.cases.domain.consent_rules import require_complete, require_evidence
from services.cases.domain.documents import is_stored
from services.cases.domain.events import ConsentRevoked
from services.cases.domain.people import BirthDate
from services.cases.operations.check_incident import begin_incident_check
from services.cases.operations.on_case import advance_case, lock_case
from services.cases.operations.supersede_consents import lock_scope, supersede_others
from services.cases.storage.queries.care import (
    CASE_OF_CONSENT,
    CONSENT_FOR_UPDATE,
    CONSENT_VIEW,
)
from services.cases.storage.queries.documents import DOCUMENT_FOR_UPDATE
from services.cases.storage.queries.people import PERSON_REFERENCE
from services.cases.storage.tables import ConsentRow, OutboxMessage
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnConsent:
    """`revoked_via` says how the wish arrived, never why: a revocation needs no reason and no
    form (Art. 7 (3) DSGVO). `officer_reference` is the order of the data protection officer.
    """

    consent_id: UUID
    action: ConsentAction
    expected_version: int | None
    revoked_via: str | None = None
    officer_reference: str | None = None


async def act_on_consent(tx: Transaction, command: ActOnConsent) -> Answer:
    """The consent after the step, effective at once (R-C3, K5).

    Raises NotFound, Stale, ConsentIncomplete, EvidenceNotStored, TransitionNotAllowed, GuardFailed.
    """
    case_id = await tx.value(CASE_OF_CONSENT, consent_id=command.consent_id)
    if case_id is None:
        raise NotFound
    # The case first, then the scope, then consents: every change locks in this order.
    case = await lock_case(tx, case_id)
    if command.action in {ConsentAction.GIVE, ConsentAction.SCHEDULE}:
        await lock_scope(tx, command.consent_id)
    row = await tx.row(CONSENT_FOR_UPDATE, consent_id=command.consent_id)
    assert row is not None
    require_version(row["version"], command.expected_version)
    today = berlin_date(now())
    action = _exact_action(command.action, row, today)
    if action in {ConsentAction.GIVE, ConsentAction.SCHEDULE}:
        await _require_complete(tx, row, today)
        if row["state"] == ConsentState.DRAFT:
            require_evidence(is_stored=await _is_evidenced(tx, row))
    before = ConsentState(row["state"])
    after = CONSENT_LIFECYCLE.next_state(before, action, _facts(command, row, today))
    if after is ConsentState.ACTIVE:
        await supersede_others(tx, row, today)
    await _write(tx, row, after, command)
    changes = {"consentId": str(command.consent_id), "from": before, "to": after}
    if command.officer_reference:
        changes["officerReference"] = command.officer_reference
    await advance_case(tx, case, f"{action}-consent", changes=changes)
    if after is ConsentState.REVOKED:
        await _tell_revocation(tx, row)
    if after is ConsentState.INVALID and before in EVER_EFFECTIVE:
        await begin_incident_check(tx, case, row)
    document = await CONSENT_VIEW.one_in(tx, consent_id=command.consent_id)
    assert document is not None
    return Answer(document)


def _exact_action(action: ConsentAction, row: asyncpg.Record, today: date) -> ConsentAction:
    """Giving a consent that begins later schedules it (K2)."""
    begins_later = row["valid_from"] > today
    return ConsentAction.SCHEDULE if action is ConsentAction.GIVE and begins_later else action


def _facts(command: ActOnConsent, row: asyncpg.Record, today: date) -> ConsentFacts:
    return ConsentFacts(
        today=today,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        is_complete=True,
        is_evidence_stored=True,
        is_ordered_by_dpo=bool(command.officer_reference),
    )


async def _require_complete(tx: Transaction, row: asyncpg.Record, today: date) -> None:
    subject = await tx.row(PERSON_REFERENCE, person_id=row["subject_person_id"])
    birth = BirthDate.parse(subject["birth_date"] if subject else None, today=today)
    require_complete(consent_of(row), birth)


async def _is_evidenced(tx: Transaction, row: asyncpg.Record) -> bool:
    """Whether the evidence is a document of this case with its bytes; locked until the commit."""
    if row["form"] == Form.MUENDLICH:
        return True
    document = await tx.row(DOCUMENT_FOR_UPDATE, document_id=row["evidence_document_id"])
    return (
        document is not None
        and document["case_id"] == row["case_id"]
        and is_stored(document["sha256"], document["scan_state"])
    )


async def _write(
    tx: Transaction, row: asyncpg.Record, after: ConsentState, command: ActOnConsent
) -> None:
    columns: dict[str, Any] = {"state": after, "version": row["version"] + 1}
    if after is ConsentState.REVOKED:
        columns |= {"revoked_at": now(), "revoked_via": command.revoked_via}
    await tx.update(ConsentRow, row["id"], **columns)


async def _tell_revocation(tx: Transaction, row: asyncpg.Record) -> None:
    event = ConsentRevoked(
        consent_id=row["id"],
        case_id=row["case_id"],
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        recipient_unit_id=row["recipient_unit"],
        purpose=row["purpose"],
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=row["case_id"])


def consent_of(row: asyncpg.Record) -> Consent:
    """The stored record as the domain sees it."""
    basis = row["representation_basis"]
    return Consent(
        consent_type=ConsentType(row["consent_type"]),
        subject_person_id=row["subject_person_id"],
        giver=Giver(row["giver"]),
        purpose=ConsentPurpose(row["purpose"]),
        data_categories=frozenset(DataCategory(name) for name in row["data_categories"]),
        discloser_unit=row["discloser_unit"],
        recipient_unit=row["recipient_unit"],
        direction=Direction(row["direction"]),
        form=Form(row["form"]),
        language=row["language"],
        information_text_version=row["information_text_version"],
        recorded_by=row["recorded_by"],
        is_refusal_explained=row["is_refusal_explained"],
        is_revocability_explained=row["is_revocability_explained"],
        given_on=row["given_on"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        representation_basis=RepresentationBasis(basis) if basis else None,
        released_person=row["released_person"],
        form_reason=row["form_reason"],
        interpreter=row["interpreter"],
        witness=row["witness"],
        evidence_document_id=row["evidence_document_id"],
    )
