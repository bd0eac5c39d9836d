"""What can be changed about expenditure and vouchers."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.expenditure import AwardEligibility, Expenditure, Voucher
from gateway.schema.inputs.expenditure import (
    AdjustEligibilityInput,
    CorrectExpenditureInput,
    DecideEligibilityInput,
    RecordExpenditureInput,
    RecordVoucherInput,
)
from gateway.schema.published import both, field

NOW = ("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("The voucher.", "Der Beleg."))
class VoucherSuccess(Success):
    voucher: Voucher = field(*NOW)


@strawberry.type(description=both("The cost after the change.", "Die Ausgabe nach der Änderung."))
class ExpenditureSuccess(Success):
    expenditure: Expenditure = field(*NOW)


@strawberry.type(description=both("What now counts.", "Was jetzt zählt."))
class EligibilitySuccess(Success):
    eligibility: AwardEligibility = field(*NOW)


_made = made(ExpenditureSuccess, "expenditure", Expenditure)
VoucherResult = outcome(
    "VoucherResult",
    VoucherSuccess,
    en="The voucher, or why not.",
    de="Der Beleg, oder warum nicht.",
)
ExpenditureResult = outcome(
    "ExpenditureResult",
    ExpenditureSuccess,
    en="The cost, or why not.",
    de="Die Ausgabe, oder warum nicht.",
)
EligibilityResult = outcome(
    "EligibilityResult",
    EligibilitySuccess,
    en="What counts, or why not.",
    de="Was zählt, oder warum nicht.",
)


@strawberry.type
class ExpenditureMutations:
    record_voucher = command(
        "POST funding /v1/vouchers",
        RecordVoucherInput,
        made(VoucherSuccess, "voucher", Voucher),
        VoucherResult,
        en="Record a voucher.",
        de="Einen Beleg erfassen.",
    )
    record_expenditure = command(
        "POST funding /v1/expenditures",
        RecordExpenditureInput,
        _made,
        ExpenditureResult,
        en="Record a cost and book how it is recognised.",
        de="Eine Ausgabe erfassen und ihre Anerkennung buchen.",
    )
    decide_eligibility = command(
        "POST funding /v1/expenditures/{expenditure_id}/actions/decide",
        DecideEligibilityInput,
        _made,
        ExpenditureResult,
        en="Decide about a cost where no rule answers.",
        de="Über eine Ausgabe entscheiden, für die keine Regel gilt.",
    )
    correct_expenditure = command(
        "POST funding /v1/expenditures/{expenditure_id}/actions/correct",
        CorrectExpenditureInput,
        _made,
        ExpenditureResult,
        en="Reverse a wrong cost.",
        de="Eine falsche Ausgabe stornieren.",
    )
    adjust_eligibility = command(
        "POST funding /v1/awards/{award_id}/actions/adjust-eligibility",
        AdjustEligibilityInput,
        made(EligibilitySuccess, "eligibility", AwardEligibility),
        EligibilityResult,
        en="Let the books follow posts, rates and decisions.",
        de="Die Bücher Stellen, Sätzen und Entscheidungen folgen lassen.",
    )
