"""Steps of a structural finding."""

import strawberry

from gateway.schema.commands import WarnedSuccess, command, made, outcome
from gateway.schema.inputs.offer import LinkFindingOfferInput
from gateway.schema.inputs.structural_finding import (
    AddFindingExtractInput,
    DescribeFindingInput,
    PerformFindingActionInput,
    RecordFindingInput,
    RecordFindingStepInput,
)
from gateway.schema.published import both, field
from gateway.schema.structural_finding import StructuralFinding


@strawberry.type(
    description=both(
        "The finding after the change, with what to think over.",
        "Die Fallanalyse nach der Änderung, mit Hinweisen.",
    )
)
class FindingSuccess(WarnedSuccess):
    finding: StructuralFinding = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_finding = made(FindingSuccess, "finding", StructuralFinding)
FindingResult = outcome(
    "FindingResult",
    FindingSuccess,
    en="The finding, or why not.",
    de="Die Fallanalyse, oder warum nicht.",
)


@strawberry.type
class FindingMutations:
    record_finding = command(
        "POST cases /v1/structural-findings",
        RecordFindingInput,
        _finding,
        FindingResult,
        en="Record a structural finding.",
        de="Eine Fallanalyse anlegen.",
    )
    describe_finding = command(
        "PUT cases /v1/structural-findings/{finding_id}",
        DescribeFindingInput,
        _finding,
        FindingResult,
        en="Describe a structural finding.",
        de="Eine Fallanalyse beschreiben.",
    )
    add_finding_extract = command(
        "POST cases /v1/structural-findings/{finding_id}/extracts",
        AddFindingExtractInput,
        _finding,
        FindingResult,
        en="Add an anonymised extract.",
        de="Einen anonymisierten Auszug ergänzen.",
    )
    record_finding_step = command(
        "POST cases /v1/structural-findings/{finding_id}/steps",
        RecordFindingStepInput,
        _finding,
        FindingResult,
        en="Record a step of the case analysis.",
        de="Einen Schritt der Fallanalyse festhalten.",
    )
    perform_finding_action = command(
        "POST cases /v1/structural-findings/{finding_id}/actions/{action}",
        PerformFindingActionInput,
        _finding,
        FindingResult,
        en="Move a structural finding on.",
        de="Eine Fallanalyse weiterführen.",
    )
    link_finding_offer = command(
        "POST cases /v1/structural-findings/{finding_id}/offers",
        LinkFindingOfferInput,
        _finding,
        FindingResult,
        en="Say what a finding found about an offer.",
        de="Sagen, was eine Fallanalyse über ein Angebot feststellt.",
    )
