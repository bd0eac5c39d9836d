"""What can be changed about rules, rates, reservations and calls for interest."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.rules import (
    RecordRateInput,
    ReleaseRuleInput,
    ReplaceRateInput,
    SetCostRuleInput,
    SetFundingLineRuleInput,
)
from gateway.schema.mutations.calls import CallMutations
from gateway.schema.mutations.reservations import ReservationMutations
from gateway.schema.published import both, field
from gateway.schema.rule import CostRule, FundingLineRule, Rate


@strawberry.type(description=both("The rule after the change.", "Die Regel nach der Änderung."))
class FundingLineRuleSuccess(Success):
    rule: FundingLineRule = field("As it now stands.", "Wie sie jetzt ist.")


@strawberry.type(description=both("The rule after the change.", "Die Regel nach der Änderung."))
class CostRuleSuccess(Success):
    rule: CostRule = field("As it now stands.", "Wie sie jetzt ist.")


@strawberry.type(description=both("The rate that holds.", "Der Fördersatz, der gilt."))
class RateSuccess(Success):
    rate: Rate = field("As it now stands.", "Wie er jetzt ist.")


_line_rule = made(FundingLineRuleSuccess, "rule", FundingLineRule)
_cost_rule = made(CostRuleSuccess, "rule", CostRule)
_rate = made(RateSuccess, "rate", Rate)
LineRuleResult = outcome(
    "FundingLineRuleResult",
    FundingLineRuleSuccess,
    en="The rule, or why not.",
    de="Die Regel, oder warum nicht.",
)
CostRuleResult = outcome(
    "CostRuleResult", CostRuleSuccess, en="The rule, or why not.", de="Die Regel, oder warum nicht."
)
RateResult = outcome(
    "RateResult", RateSuccess, en="The rate, or why not.", de="Der Satz, oder warum nicht."
)


@strawberry.type
class RuleMutations(ReservationMutations, CallMutations):
    set_funding_line_rule = command(
        "POST funding /v1/funding-lines",
        SetFundingLineRuleInput,
        _line_rule,
        LineRuleResult,
        en="Record what a line is from a day on.",
        de="Erfassen, was ein Baustein ab einem Tag ist.",
    )
    release_funding_line_rule = command(
        "POST funding /v1/funding-lines/{rule_id}/actions/release",
        ReleaseRuleInput,
        _line_rule,
        LineRuleResult,
        en="Put a line's rule in force, as a second person.",
        de="Die Regel eines Bausteins als zweite Person in Kraft setzen.",
    )
    set_cost_rule = command(
        "POST funding /v1/cost-rules",
        SetCostRuleInput,
        _cost_rule,
        CostRuleResult,
        en="Record whether a line pays a kind of cost.",
        de="Erfassen, ob ein Baustein eine Kostenart zahlt.",
    )
    release_cost_rule = command(
        "POST funding /v1/cost-rules/{rule_id}/actions/release",
        ReleaseRuleInput,
        _cost_rule,
        CostRuleResult,
        en="Put a cost rule in force, as a second person.",
        de="Eine Kostenregel als zweite Person in Kraft setzen.",
    )
    record_rate = command(
        "POST funding /v1/rates",
        RecordRateInput,
        _rate,
        RateResult,
        en="Record a rate.",
        de="Einen Fördersatz erfassen.",
    )
    replace_rate = command(
        "POST funding /v1/rates/{rate_id}/actions/replace",
        ReplaceRateInput,
        _rate,
        RateResult,
        en="Replace a rate; the old one stays readable.",
        de="Einen Fördersatz ersetzen; der alte bleibt lesbar.",
    )
