"""What can be changed about proofs of use."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.proof import (
    BeginProofInput,
    GenerateProofInput,
    PerformProofActionInput,
    SignProofInput,
    SubmitProofInput,
)
from gateway.schema.proof import ProofOfUse
from gateway.schema.published import both, field


@strawberry.type(description=both("The proof of use.", "Der Verwendungsnachweis."))
class ProofSuccess(Success):
    proof: ProofOfUse = field("As it now stands.", "Wie er jetzt ist.")


_proof = made(ProofSuccess, "proof", ProofOfUse)
ProofResult = outcome(
    "ProofResult",
    ProofSuccess,
    en="The proof of use, or why not.",
    de="Der Verwendungsnachweis, oder warum nicht.",
)


@strawberry.type
class ProofMutations:
    begin_proof = command(
        "POST funding /v1/proofs",
        BeginProofInput,
        _proof,
        ProofResult,
        en="Begin a proof of use.",
        de="Einen Verwendungsnachweis anlegen.",
    )
    generate_proof = command(
        "POST funding /v1/proofs/{proof_id}/versions",
        GenerateProofInput,
        _proof,
        ProofResult,
        en="Generate a version from the books.",
        de="Eine Fassung aus den Büchern erzeugen.",
    )
    sign_proof = command(
        "POST funding /v1/proofs/{proof_id}/actions/sign",
        SignProofInput,
        _proof,
        ProofResult,
        en="Confirm the newest version, as head of the administration.",
        de="Die neueste Fassung rechtsverbindlich bestätigen.",
    )
    submit_proof = command(
        "POST funding /v1/proofs/{proof_id}/actions/submit",
        SubmitProofInput,
        _proof,
        ProofResult,
        en="Submit the newest version, as a second person.",
        de="Die neueste Fassung als zweite Person freigeben und vorlegen.",
    )
    perform_proof_action = command(
        "POST funding /v1/proofs/{proof_id}/actions/{action}",
        PerformProofActionInput,
        _proof,
        ProofResult,
        en="Take a proof of use a step further.",
        de="Einen Verwendungsnachweis weiterführen.",
    )
