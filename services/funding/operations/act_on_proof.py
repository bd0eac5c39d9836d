"""Take a proof of use a step further: open, submit, sign, and what the authority decides."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.funding.domain.events.proofs import ProofStateChanged
from services.funding.domain.proof_lifecycle import (
    ACCEPTING,
    PROOF_LIFECYCLE,
    WRITABLE_STATES,
    ProofAction,
    ProofFacts,
    ProofRegime,
    ProofState,
    RecoveryGround,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.proof_facts import proof_facts
from services.funding.storage.proof_records import load_proof
from services.funding.storage.queries.proofs import NEWEST_VERSION, PROOF_VIEW
from services.funding.storage.tables import ProofRow, ProofVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotPermitted
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class NothingToSign(Conflict):
    code = "nothing-to-sign"
    title = Text(
        de="Es gibt keine Fassung, die noch zu unterschreiben ist.",
        en="There is no version left to sign.",
    )


class NotTheHead(NotPermitted):
    """A lump sum is confirmed by the head of the administration or the general deputy (P2)."""

    code = "not-the-head-of-administration"
    title = Text(
        de="Das bestätigt nur die Hauptverwaltungsbeamtin, der Hauptverwaltungsbeamte"
        " oder die allgemeine Vertretung.",
        en="Only the head of the administration or the general deputy confirms this.",
    )


class SignedByItsMaker(Conflict):
    code = "signed-by-its-maker"
    title = Text(
        de="Wer den Nachweis erstellt hat, unterschreibt ihn nicht selbst.",
        en="Whoever made the proof does not sign it.",
    )


@dataclass(frozen=True, slots=True)
class ProofStep:
    """What a step brings with it. `reference` is that of the decision, the act or the payment."""

    query: str = ""
    recovery: Money = ZERO
    ground: RecoveryGround | None = None
    reference: str = ""


DECIDING = ACCEPTING | {ProofAction.REJECT}


async def act_on_proof(
    tx: Transaction,
    proof_id: UUID,
    expected_version: int | None,
    action: ProofAction,
    step: ProofStep,
) -> Answer:
    """Move the proof if the table and the guards allow it; otherwise nothing changes.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed.
    """
    proof = await load_proof(tx, proof_id)
    require_version(proof["version"], expected_version)
    instant = now()
    state = ProofState(proof["state"])
    facts = _with_step(await proof_facts(tx, proof, berlin_date(instant)), step)
    target = PROOF_LIFECYCLE.next_state(state, action, facts)
    if action is ProofAction.SUBMIT:
        version = await tx.row(NEWEST_VERSION, proof_id=proof_id)
        assert version is not None
        await tx.update(
            ProofVersionRow, version["id"], submitted_at=instant, submitted_by=tx.caller.actor
        )
    if action is ProofAction.QUERY:
        version = await tx.row(NEWEST_VERSION, proof_id=proof_id)
        assert version is not None
        await tx.update(ProofVersionRow, version["id"], query=step.query)
    await tx.update(
        ProofRow,
        proof_id,
        state=target.value,
        version=proof["version"] + 1,
        updated_at=instant,
        **_columns(tx, action, step),
    )
    event = ProofStateChanged(
        tenant_id=tx.caller.tenant_id,
        proof_id=proof_id,
        award_id=proof["award_id"],
        action=action,
        from_state=state,
        to_state=target,
    )
    await leave_trace(
        tx,
        action=f"{action.value}-proof",
        kind="proof",
        record_id=proof_id,
        changes={"from": state.value, "to": target.value},
        events=(event,),
    )
    return await answer_with(tx, PROOF_VIEW, proof_id=proof_id)


async def sign_proof(
    tx: Transaction, proof_id: UUID, expected_version: int | None, head_unit_type: str
) -> Answer:
    """Confirm the newest version. `head_unit_type`: the kind of unit that the head belongs to.

    Raises NotFound, the refusals of versions, NothingToSign, SignedByItsMaker, NotTheHead.
    """
    proof = await load_proof(tx, proof_id)
    require_version(proof["version"], expected_version)
    version = await tx.row(NEWEST_VERSION, proof_id=proof_id)
    is_open = ProofState(proof["state"]) in WRITABLE_STATES
    if version is None or not is_open or version["signed_at"] or version["submitted_at"]:
        raise NothingToSign
    is_head = tx.caller.unit_type == head_unit_type
    if ProofRegime(proof["regime"]) is ProofRegime.HVB_CONFIRMATION and not is_head:
        raise NotTheHead
    if version["made_by"] == tx.caller.actor:
        raise SignedByItsMaker
    instant = now()
    await tx.update(
        ProofVersionRow,
        version["id"],
        signed_at=instant,
        signed_by=tx.caller.actor,
        signed_role="HEAD_OF_ADMINISTRATION" if is_head else "HEAD_OF_UNIT",
    )
    await tx.update(ProofRow, proof_id, version=proof["version"] + 1, updated_at=instant)
    await leave_trace(
        tx,
        action="sign-proof",
        kind="proof",
        record_id=proof_id,
        changes={"version": version["number"]},
    )
    return await answer_with(tx, PROOF_VIEW, proof_id=proof_id)


def _with_step(facts: ProofFacts, step: ProofStep) -> ProofFacts:
    return replace(
        facts,
        query=step.query,
        recovery=step.recovery,
        recovery_ground=step.ground,
        reference=step.reference,
    )


def _columns(tx: Transaction, action: ProofAction, step: ProofStep) -> dict[str, Any]:
    if action is ProofAction.SUBMIT:
        return {"is_overdue": False}
    if action is ProofAction.QUERY:
        return {"query": step.query}
    if action in DECIDING:
        accepted_on = berlin_date(now()) if action in ACCEPTING else None
        return {
            "accepted_on": accepted_on,
            "recovery_cents": step.recovery.cents,
            "recovery_ground": step.ground.value if step.ground is not None else None,
            "decision_ref": step.reference,
            "decided_by": tx.caller.actor,
        }
    if action is ProofAction.DEMAND:
        return {"decision_ref": step.reference}
    if action is ProofAction.SETTLE:
        return {"settlement_ref": step.reference}
    return {}
