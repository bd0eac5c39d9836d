"""Rules as dated rows: bodies and answers."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.funding.api.schemas.fields import Flag, FundingLineName, Name, Reason, Source
from services.funding.domain.budget import BudgetChange
from services.funding.domain.costs import CostKind, Eligibility
from services.funding.domain.programme import LegalForm
from services.funding.domain.proof_lifecycle import ProofRegime
from services.funding.domain.rules import LineRule
from services.funding.operations.keep_rules import NewCostRule, NewLineRule
from shared.kernel.money import Money
from shared.web.fields import Amount, LegalDate, RequestModel, ResponseModel


class RuleBody(RequestModel):
    funding_line: FundingLineName
    valid_from: LegalDate
    valid_to: LegalDate | None = None
    source: Source

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise PydanticCustomError("period_reversed", "validTo lies before validFrom.")
        return self


class LineRuleBody(RuleBody):
    """What kind of money a line is from a day on."""

    legal_form: LegalForm
    proof_regime: ProofRegime
    has_two_month_rule: Flag

    def command(self) -> NewLineRule:
        rule = LineRule(
            self.funding_line, self.legal_form, self.proof_regime, self.has_two_month_rule
        )
        return NewLineRule(rule, self.valid_from, self.source, self.valid_to)


class CostRuleBody(RuleBody):
    """Whether a line pays a kind of cost from a day on; `UNKNOWN` leaves it to a person."""

    cost_kind: CostKind
    answer: Eligibility

    def command(self) -> NewCostRule:
        return NewCostRule(
            self.funding_line,
            self.cost_kind,
            self.answer,
            self.valid_from,
            self.source,
            self.valid_to,
        )


class RuleView(ResponseModel):
    """A rule with its days; only a released one is in force."""

    id: UUID
    version: int
    funding_line: str
    valid_from: date
    valid_to: date | None
    source: str
    is_released: bool
    updated_at: datetime


class LineRuleView(RuleView):
    legal_form: str
    proof_regime: str
    has_two_month_rule: bool


class CostRuleView(RuleView):
    cost_kind: str
    answer: str


class LineRulePage(ResponseModel):
    items: list[LineRuleView]
    cursors: list[str] | None = None
    next_cursor: str | None


class CostRulePage(ResponseModel):
    items: list[CostRuleView]
    cursors: list[str] | None = None
    next_cursor: str | None


class FunderNameBody(RequestModel):
    name: Name
    used_from: LegalDate


class FunderNameView(ResponseModel):
    id: UUID
    version: int
    programme_id: UUID
    name: str
    used_from: date
    updated_at: datetime


class FunderNamePage(ResponseModel):
    items: list[FunderNameView]
    cursors: list[str] | None = None
    next_cursor: str | None


class RateReplacement(RequestModel):
    """What a later paper states for the same line, unit and year."""

    ceiling: Amount
    source: Source


class BudgetTextBody(RequestModel):
    """The sentence of a budget paper: "um 7.000 € auf insgesamt 11.000 €"."""

    text: Reason


class BudgetChangeView(ResponseModel):
    """`base + delta = total`: what is raised, by how much, to what."""

    base: str
    delta: str
    total: str

    @classmethod
    def of(cls, change: BudgetChange) -> Self:
        return cls(base=str(change.base), delta=str(change.delta), total=str(change.total))


class BudgetEffectView(ResponseModel):
    """`amount` is null where the paper says "Nein": nothing stated, never zero."""

    amount: str | None

    @classmethod
    def of(cls, amount: Money | None) -> Self:
        return cls(amount=None if amount is None else str(amount))
