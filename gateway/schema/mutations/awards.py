"""Steps of an award."""

import strawberry

from gateway.schema.award import Award
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.award import (
    AmendAwardInput,
    ApproveAwardVersionInput,
    PerformAwardActionInput,
    RecordAwardInput,
)
from gateway.schema.inputs.award_change import (
    ChangeAwardInput,
    DecidePartYearInput,
    SetOwnUseInput,
)
from gateway.schema.inputs.reservation import CarryOverAwardInput, SetAwardConditionsInput
from gateway.schema.published import both, field
from gateway.schema.refusals import answered_with_money
from gateway.schema.user_errors import InsufficientFundsError


@strawberry.type(description=both("The award after the change.", "Der Bescheid nach der Änderung."))
class AwardSuccess(Success):
    award: Award = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_award = made(AwardSuccess, "award", Award)
AwardResult = outcome(
    "AwardResult",
    AwardSuccess | InsufficientFundsError,
    en="The award, or why not.",
    de="Der Bescheid, oder warum nicht.",
)


@strawberry.type
class AwardMutations:
    record_award = command(
        "POST funding /v1/awards",
        RecordAwardInput,
        _award,
        AwardResult,
        en="Record an award; it counts as granted once a second person releases it.",
        de="Einen Bescheid erfassen; bewilligt ist er, wenn eine zweite Person ihn freigibt.",
        answering=answered_with_money,
    )
    perform_award_action = command(
        "POST funding /v1/awards/{award_id}/actions/{action}",
        PerformAwardActionInput,
        _award,
        AwardResult,
        en="Take an award a step further; amendments have their own mutations.",
        de="Einen Bescheid einen Schritt weiterführen; Änderungen haben eigene Mutationen.",
        answering=answered_with_money,
    )
    amend_award = command(
        "POST funding /v1/awards/{award_id}/versions",
        AmendAwardInput,
        _award,
        AwardResult,
        en="Record an amendment.",
        de="Einen Änderungsbescheid erfassen.",
        answering=answered_with_money,
    )
    approve_award_version = command(
        "POST funding /v1/awards/{award_id}/versions/{number}/actions/approve",
        ApproveAwardVersionInput,
        _award,
        AwardResult,
        en="Release an amendment, by a second person.",
        de="Einen Änderungsbescheid freigeben, durch eine zweite Person.",
        answering=answered_with_money,
    )
    set_award_conditions = command(
        "PUT funding /v1/awards/{award_id}/conditions",
        SetAwardConditionsInput,
        _award,
        AwardResult,
        en="Set all ancillary provisions, before the notice is granted.",
        de="Alle Nebenbestimmungen setzen, bevor der Bescheid erteilt ist.",
        answering=answered_with_money,
    )
    carry_over_award = command(
        "POST funding /v1/awards/{award_id}/actions/carry-over",
        CarryOverAwardInput,
        _award,
        AwardResult,
        en="Carry money over into a later year.",
        de="Mittel in ein späteres Jahr übertragen.",
        answering=answered_with_money,
    )
    change_award = command(
        "PATCH funding /v1/awards/{award_id}",
        ChangeAwardInput,
        _award,
        AwardResult,
        en="Change what is no matter of money.",
        de="Angaben ändern, die kein Geld betreffen.",
        answering=answered_with_money,
    )
    set_own_use = command(
        "PUT funding /v1/awards/{award_id}/lines/{line_id}/own-use",
        SetOwnUseInput,
        _award,
        AwardResult,
        en="Set what of a line is kept for own use.",
        de="Setzen, was von einer Zeile selbst verwendet wird.",
        answering=answered_with_money,
    )
    decide_part_year = command(
        "PUT funding /v1/awards/{award_id}/lines/{line_id}/part-year-decision",
        DecidePartYearInput,
        _award,
        AwardResult,
        en="Decide which amount holds for a post that did not run all year.",
        de="Entscheiden, welcher Betrag bei unterjähriger Stelle gilt.",
        answering=answered_with_money,
    )
