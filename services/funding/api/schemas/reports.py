"""Reports: figures that the rules compute from what is on record."""

from datetime import date
from typing import Literal, Self
from uuid import UUID

from services.funding.api.schemas.fields import FindingView
from services.funding.domain.amounts import AmountStatus
from services.funding.domain.part_year import PartYearAmounts
from services.funding.domain.positions import PostFigures, PostRow
from services.funding.domain.status import (
    FundingStatus,
    LineForecast,
    LineTotal,
    PostStatus,
    StatusLine,
)
from services.funding.operations.report_budget_plan import BudgetPlan
from shared.kernel.money import Money, fte_text
from shared.web.fields import ResponseModel


def _text(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)


class PartYearView(ResponseModel):
    """A post that did not run all year: both amounts; `decided` stays empty until decided."""

    full: str
    pro_rata: str
    decision: str | None
    decided: str | None

    @classmethod
    def of(cls, amounts: PartYearAmounts) -> Self:
        return cls(
            full=str(amounts.full),
            pro_rata=str(amounts.pro_rata),
            decision=amounts.decision.value if amounts.decision else None,
            decided=_text(amounts.decided),
        )


class StatusLineView(ResponseModel):
    """One award line as it stood on the day. `status` GRANTED or EXPECTED: never add the two."""

    award_id: UUID
    award_reference: str | None
    award_state: str
    version_number: int
    line_id: UUID
    key: str
    funding_line: str
    legal_form: str
    purpose: str
    name_de: str
    name_en: str
    amount: str
    fte: str | None
    amount_per_post: str | None
    valid_from: date
    valid_to: date
    is_additional: bool
    status: str
    part_year: PartYearView | None
    own_use_amount: str
    own_use_fte: str
    allocated_amount: str
    allocated_fte: str

    @classmethod
    def of(cls, one: StatusLine) -> Self:
        return cls(
            award_id=one.award_id,
            award_reference=one.award_reference,
            award_state=one.award_state.value,
            version_number=one.version_number,
            line_id=one.line_id,
            key=one.line.key,
            funding_line=one.line.funding_line.value,
            legal_form=one.line.legal_form.value,
            purpose=one.line.purpose.value,
            name_de=one.name_de,
            name_en=one.name_en,
            amount=str(one.line.amount),
            fte=fte_text(one.line.fte) if one.line.fte is not None else None,
            amount_per_post=_text(one.amount_per_post),
            valid_from=one.period.start,
            valid_to=one.period.end,
            is_additional=one.line.is_additional,
            status=one.status.value,
            part_year=PartYearView.of(one.part_year) if one.part_year else None,
            own_use_amount=str(one.own_use.amount),
            own_use_fte=fte_text(one.own_use.fte),
            allocated_amount=str(one.allocated.amount),
            allocated_fte=fte_text(one.allocated.fte),
        )


class LineTotalView(ResponseModel):
    """What is granted in one funding line; `amountPerPost` leaves out money not for posts."""

    funding_line: str
    amount: str
    posts_amount: str
    fte: str
    amount_per_post: str | None

    @classmethod
    def of(cls, total: LineTotal) -> Self:
        return cls(
            funding_line=total.funding_line.value,
            amount=str(total.amount),
            posts_amount=str(total.posts_amount),
            fte=fte_text(total.fte),
            amount_per_post=_text(total.amount_per_post),
        )


class PostFiguresView(ResponseModel):
    approved: str
    filled: str
    reported_vacant: str | None
    unoccupied_computed: str
    residual: str | None

    @classmethod
    def of(cls, figures: PostFigures) -> Self:
        return cls(**_figures(figures))


class PostRowView(PostFiguresView):
    label: str
    post_type: str
    funding_line: str

    @classmethod
    def of_row(cls, row: PostRow) -> Self:
        return cls(
            label=row.label,
            post_type=row.post_type.value,
            funding_line=row.funding_line.value,
            **_figures(row.figures),
        )


def _figures(figures: PostFigures) -> dict[str, str | None]:
    vacant, residual = figures.reported_vacant, figures.residual
    return {
        "approved": fte_text(figures.approved),
        "filled": fte_text(figures.filled),
        "reported_vacant": None if vacant is None else fte_text(vacant),
        "unoccupied_computed": fte_text(figures.unoccupied_computed),
        "residual": None if residual is None else fte_text(residual),
    }


class PostStatusView(ResponseModel):
    """The table of posts: as last reported in the year, or counted from the posts on record."""

    origin: Literal["POSITION_REPORT", "POSITIONS"]
    report_id: UUID | None
    reported_on: date | None
    source: str | None
    rows: list[PostRowView]
    reported_total: PostFiguresView | None
    computed_total: PostFiguresView
    findings: list[FindingView]

    @classmethod
    def of(cls, posts: PostStatus) -> Self:
        table = posts.table
        total = table.reported_total
        return cls(
            origin="POSITION_REPORT" if posts.report_id else "POSITIONS",
            report_id=posts.report_id,
            reported_on=posts.reported_on,
            source=posts.source,
            rows=[PostRowView.of_row(row) for row in table.rows],
            reported_total=PostFiguresView.of(total) if total else None,
            computed_total=PostFiguresView.of(table.computed_total),
            findings=[FindingView.of(finding) for finding in table.findings],
        )


class ForecastView(ResponseModel):
    """At most what the filled posts can use in a full year; the rest would be repaid."""

    funding_line: str
    granted: str
    filled_fte: str
    usable: str
    unspent: str

    @classmethod
    def of(cls, one: LineForecast) -> Self:
        return cls(
            funding_line=one.funding_line.value,
            granted=str(one.forecast.granted),
            filled_fte=fte_text(one.filled_fte),
            usable=str(one.forecast.usable),
            unspent=str(one.forecast.unspent),
        )


class FundingStatusView(ResponseModel):
    """The funding status of the county on a day, for its fiscal year."""

    tenant_id: str
    as_of: date
    fiscal_year: int
    programme_volume: str
    additional_funds: str
    ministry_total: str
    expected_total: str
    lines: list[StatusLineView]
    funding_lines: list[LineTotalView]
    positions: PostStatusView
    forecasts: list[ForecastView]
    findings: list[FindingView]

    @classmethod
    def of(cls, tenant_id: str, status: FundingStatus) -> Self:
        return cls(
            tenant_id=tenant_id,
            as_of=status.as_of,
            fiscal_year=status.as_of.year,
            programme_volume=str(status.programme_volume),
            additional_funds=str(status.additional_funds),
            ministry_total=str(status.ministry_total),
            expected_total=str(status.totals[AmountStatus.EXPECTED]),
            lines=[StatusLineView.of(line) for line in status.lines],
            funding_lines=[LineTotalView.of(total) for total in status.line_totals],
            positions=PostStatusView.of(status.posts),
            forecasts=[ForecastView.of(one) for one in status.forecasts],
            findings=[FindingView.of(finding) for finding in status.findings],
        )


class FindingsView(ResponseModel):
    as_of: date
    items: list[FindingView]


class AssumedAmountView(ResponseModel):
    """A figure that rests on assumptions no paper states."""

    amount: str
    assumptions: list[str]


class BudgetPlanView(ResponseModel):
    """Planned revenue and expense side by side; there is no netted figure (R-S1-9)."""

    fiscal_year: int
    product: str
    revenue: str
    expense: str
    coordination_residual: AssumedAmountView | None

    @classmethod
    def of(cls, plan: BudgetPlan) -> Self:
        residual = plan.coordination_residual
        return cls(
            fiscal_year=plan.fiscal_year,
            product=plan.product,
            revenue=str(plan.totals.revenue),
            expense=str(plan.totals.expense),
            coordination_residual=AssumedAmountView(
                amount=str(residual.amount), assumptions=list(residual.assumptions)
            )
            if residual
            else None,
        )
