"""Families and their members."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.family import Family
from gateway.schema.inputs.family import (
    AddFamilyMemberInput,
    ComposeFamilyInput,
    EndFamilyMembershipInput,
    JoinFamiliesInput,
    RecordArrivalCohortInput,
    SplitFamilyInput,
)
from gateway.schema.published import both, field


@strawberry.type(description=both("The family after the change.", "Die Familie nach der Änderung."))
class FamilySuccess(Success):
    family: Family = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_made = made(FamilySuccess, "family", Family)
FamilyResult = outcome(
    "FamilyResult", FamilySuccess, en="The family, or why not.", de="Die Familie, oder warum nicht."
)


@strawberry.type
class FamilyMutations:
    compose_family = command(
        "POST cases /v1/families",
        ComposeFamilyInput,
        _made,
        FamilyResult,
        en="Compose a family.",
        de="Eine Familie bilden.",
    )
    add_family_member = command(
        "POST cases /v1/families/{family_id}/members",
        AddFamilyMemberInput,
        _made,
        FamilyResult,
        en="Add a member to a family.",
        de="Ein Mitglied in eine Familie aufnehmen.",
    )
    end_family_membership = command(
        "POST cases /v1/families/{family_id}/members/{member_id}/actions/end",
        EndFamilyMembershipInput,
        _made,
        FamilyResult,
        en="End a membership; the history stays.",
        de="Eine Zugehörigkeit beenden; der Verlauf bleibt.",
    )
    split_family = command(
        "POST cases /v1/families/{family_id}/actions/split",
        SplitFamilyInput,
        _made,
        FamilyResult,
        en="Part a family; the answer is the new one.",
        de="Eine Familie teilen; die Antwort ist die neue.",
    )
    join_families = command(
        "POST cases /v1/families/{family_id}/actions/join",
        JoinFamiliesInput,
        _made,
        FamilyResult,
        en="Let another family end in this one; it stays as history.",
        de="Eine andere Familie in dieser aufgehen lassen; sie bleibt als Verlauf.",
    )
    record_arrival_cohort = command(
        "PUT cases /v1/families/{family_id}/arrival-cohort",
        RecordArrivalCohortInput,
        _made,
        FamilyResult,
        en="Record when a family arrived, as it told.",
        de="Festhalten, wann eine Familie ankam, wie sie angab.",
    )
