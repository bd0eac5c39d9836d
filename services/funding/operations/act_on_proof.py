"""Take a proof of use a step further: open, submit, sign, and what the authority decides."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.funding.domain.acts import SIGN_PROOF
from services.funding.domain.events.proofs import ProofStateChanged
from services.funding.domain.proof_decision import RefusedFigure
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
from services.funding.operations.check_recipient import check_recipient
from services.funding.operations.decide_proof import Decision, raise_recoveries, weigh
from services.funding.storage.proof_facts import proof_facts
from services.funding.storage.proof_records import load_proof
from services.funding.storage.queries.proofs import NEWEST_VERSION, PROOF_VIEW
from services.funding.storage.tables import ProofRow, ProofVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotPermitted
from shared.kernel.money import Money
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
    """What a step brings with it. `reference` is that of the decision or the settlement; `refused`
    are costs of the proof that are not accepted.
    """

    query: str = ""
    ground: RecoveryGround | None = None
    refused: tuple[RefusedFigure, ...] = ()
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

    Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed,
    FigureNotRefusable; of a recipient's proof also PeriodIsClosed.
    """
    proof = await load_proof(tx, proof_id)
    require_version(proof["version"], expected_version)
    instant = now()
    state = ProofState(proof["state"])
    today = berlin_date(instant)
    facts = replace(await proof_facts(tx, proof, today), query=step.query)
    version = await tx.row(NEWEST_VERSION, proof_id=proof_id)
    decision = None
    if action in DECIDING and version is not None:
        decision = await weigh(tx, proof, version, action, step.ground, step.refused)
        facts = _with_decision(facts, step, decision)
    target = PROOF_LIFECYCLE.next_state(state, action, facts)
    if version is not None:
        await _mark_version(tx, version["id"], action, step)
    await tx.update(
        ProofRow,
        proof_id,
        state=target.value,
        version=proof["version"] + 1,
        updated_at=instant,
        **_columns(tx, action, step, facts.recovery),
    )
    if decision is not None and version is not None:
        if proof["allocation_id"] is not None:
            refused, made_by = step.refused, version["made_by"]
            await check_recipient(tx, proof, decision, refused, today, made_by)
        await raise_recoveries(tx, proof, decision, today, version["made_by"])
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


def _with_decision(facts: ProofFacts, step: ProofStep, decision: Decision) -> ProofFacts:
    return replace(
        facts,
        unspent=decision.unspent,
        recovery=decision.recovery,
        recovery_ground=step.ground,
        is_advance_as_proved=decision.is_advance_as_proved,
    )


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
    relations = relations_to(tx.caller, {Relation.AUTHOR: version["made_by"]})
    SIGN_PROOF.require(tx.caller, relations, SignedByItsMaker)
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


async def _mark_version(
    tx: Transaction, version_id: UUID, action: ProofAction, step: ProofStep
) -> None:
    """A version keeps who submitted it and what was asked back about it."""
    if action is ProofAction.SUBMIT:
        await tx.update(
            ProofVersionRow, version_id, submitted_at=now(), submitted_by=tx.caller.actor
        )
    elif action is ProofAction.QUERY:
        await tx.update(ProofVersionRow, version_id, query=step.query)


def _columns(
    tx: Transaction, action: ProofAction, step: ProofStep, recovery: Money
) -> dict[str, Any]:
    if action is ProofAction.SUBMIT:
        return {"is_overdue": False}
    if action is ProofAction.QUERY:
        return {"query": step.query}
    if action in DECIDING:
        return {
            "accepted_on": berlin_date(now()) if action in ACCEPTING else None,
            "recovery_cents": recovery.cents,
            "recovery_ground": step.ground.value if step.ground is not None else None,
            "refused_items": [
                {"figure": one.figure, "amount": str(one.amount), "reason": one.reason}
                for one in step.refused
            ],
            "decision_ref": step.reference,
            "decided_by": tx.caller.actor,
        }
    if action is ProofAction.SETTLE:
        return {"settlement_ref": step.reference}
    return {}
