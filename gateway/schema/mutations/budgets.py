"""What can be changed about programmes, budgets and requests for own money."""

import strawberry

from gateway.schema.budget import BudgetEntry, FunderName, OwnShareRequest, Programme
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.budget import (
    DecideOwnShareInput,
    RecommendOwnShareInput,
    RecordBudgetEntryInput,
    RecordFunderNameInput,
    RecordProgrammeInput,
    RequestOwnShareInput,
)
from gateway.schema.published import both, field


@strawberry.type(description=both("The programme.", "Das Programm."))
class ProgrammeSuccess(Success):
    programme: Programme = field("As it now stands.", "Wie es jetzt ist.")


@strawberry.type(description=both("The ministry's name.", "Der Name des Ministeriums."))
class FunderNameSuccess(Success):
    funder_name: FunderName = field("As it now stands.", "Wie er jetzt ist.")


@strawberry.type(description=both("The budget line.", "Der Haushaltsansatz."))
class BudgetEntrySuccess(Success):
    entry: BudgetEntry = field("As it now stands.", "Wie er jetzt ist.")


@strawberry.type(description=both("The request.", "Der Antrag auf Eigenmittel."))
class OwnShareRequestSuccess(Success):
    request: OwnShareRequest = field("As it now stands.", "Wie er jetzt ist.")


_request = made(OwnShareRequestSuccess, "request", OwnShareRequest)
ProgrammeResult = outcome(
    "ProgrammeResult",
    ProgrammeSuccess,
    en="The programme, or why not.",
    de="Das Programm, oder warum nicht.",
)
FunderNameResult = outcome(
    "FunderNameResult",
    FunderNameSuccess,
    en="The name, or why not.",
    de="Der Name, oder warum nicht.",
)
BudgetEntryResult = outcome(
    "BudgetEntryResult",
    BudgetEntrySuccess,
    en="The budget line, or why not.",
    de="Der Haushaltsansatz, oder warum nicht.",
)
OwnShareRequestResult = outcome(
    "OwnShareRequestResult",
    OwnShareRequestSuccess,
    en="The request, or why not.",
    de="Der Antrag, oder warum nicht.",
)


@strawberry.type
class BudgetMutations:
    record_programme = command(
        "POST funding /v1/programmes",
        RecordProgrammeInput,
        made(ProgrammeSuccess, "programme", Programme),
        ProgrammeResult,
        en="Record a programme; its volume is no award.",
        de="Ein Programm erfassen; sein Volumen ist kein Bescheid.",
    )
    record_funder_name = command(
        "POST funding /v1/programmes/{programme_id}/funder-names",
        RecordFunderNameInput,
        made(FunderNameSuccess, "funder_name", FunderName),
        FunderNameResult,
        en="Record what the ministry is called from a day on.",
        de="Erfassen, wie das Ministerium ab einem Tag heißt.",
    )
    record_budget_entry = command(
        "POST funding /v1/budget-entries",
        RecordBudgetEntryInput,
        made(BudgetEntrySuccess, "entry", BudgetEntry),
        BudgetEntryResult,
        en="Record a planned revenue or expense.",
        de="Einen geplanten Ertrag oder Aufwand erfassen.",
    )
    request_own_share = command(
        "POST funding /v1/own-share-requests",
        RequestOwnShareInput,
        _request,
        OwnShareRequestResult,
        en="Record a request for own money.",
        de="Einen Antrag auf Eigenmittel erfassen.",
    )
    recommend_own_share = command(
        "POST funding /v1/own-share-requests/{request_id}/actions/recommend",
        RecommendOwnShareInput,
        _request,
        OwnShareRequestResult,
        en="Record the administration's recommendation.",
        de="Die Empfehlung der Verwaltung erfassen.",
    )
    decide_own_share = command(
        "POST funding /v1/own-share-requests/{request_id}/actions/decide",
        DecideOwnShareInput,
        _request,
        OwnShareRequestResult,
        en="Record the council's decision.",
        de="Den Beschluss des Rates erfassen.",
    )
