from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.costs import (
    CostKind,
    Eligibility,
    eligibility,
    read_cost_kind,
)
from services.funding.domain.eligibility import target
from services.funding.domain.findings import FindingCode
from services.funding.domain.legal_dates import Period
from services.funding.domain.own_share import (
    CostBasis,
    OwnShare,
    OwnShareRequest,
    own_share,
    request_findings,
)
from services.funding.domain.part_year import PartYearDecision, part_year_amounts
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import (
    PostsMissing,
    Rate,
    RateGivenTwice,
    RateKey,
    RateTable,
    RateUnknown,
    UnitKind,
    amount_per_post,
)
from shared.kernel.money import Money
from tests.services.funding.domain.published import published_rates

B1 = FundingLine.B1_COORDINATION
B2 = FundingLine.B2_CASE_MANAGEMENT
B3 = FundingLine.B3_FOREIGNERS_NATURALISATION
CEILING = Money.euros(55_000)
FULL_POST = Decimal("1.00")
AACHEN = CostBasis(Money.euros(64_000), Money.euros(6_000), CEILING, Decimal("5.00"))


def eligible_of(actual: Money, ceiling: Money, share: Decimal = FULL_POST) -> Money:
    """What of a year's personnel cost counts for this share of a post."""
    return target(actual, ceiling, Fraction(share) * 12).eligible


def test_a_rate_belongs_to_one_line_unit_and_year() -> None:
    rates = published_rates()

    assert rates.ceiling(B2, 2022) == Money.euros(55_000)
    assert rates.ceiling(B2, 2023) == Money.euros(57_000)
    assert rates.ceiling(B3, 2020) == Money.euros(55_000)
    assert rates.ceiling(B3, 2022) == Money.euros(50_000)


@pytest.mark.parametrize(("line", "year"), [(B2, 2024), (B2, 2019), (B3, 2021), (B1, 2022)])
def test_a_missing_rate_is_never_taken_from_a_neighbouring_year(
    line: FundingLine, year: int
) -> None:
    with pytest.raises(RateUnknown):
        published_rates().ceiling(line, year)


def test_two_rates_for_one_key_are_refused() -> None:
    key = RateKey(B2, UnitKind.POST_YEAR, 2022)

    with pytest.raises(RateGivenTwice):
        RateTable([Rate(key, CEILING, "one"), Rate(key, Money.euros(57_000), "other")])


def test_an_amount_per_post_needs_posts() -> None:
    with pytest.raises(PostsMissing):
        amount_per_post(Money.euros(30_000), Decimal("0.00"))


def test_f4_aachen_keeps_one_of_six_posts_and_forwards_five() -> None:
    award = CEILING.times(6)
    forwarded = CEILING.times(5)

    assert str(award) == "330000.00"
    assert str(forwarded) == "275000.00"
    assert str(award - forwarded) == "55000.00"


def test_f5_aachen_own_share_is_what_exceeds_the_ceiling_and_a_cap() -> None:
    per_post = own_share(Money.euros(64_000), CEILING)

    assert per_post == OwnShare(Money.euros(9_000), is_cap=True)
    assert per_post.for_posts(Decimal(5)).amount == Money.euros(45_000)


def test_f6_aachen_request_follows_from_no_calculation_and_stays_undecided() -> None:
    request = OwnShareRequest(Money.euros(100_000), recommended=Money.euros(45_000))

    findings = request_findings(request, AACHEN)

    assert [(finding.code, dict(finding.facts)) for finding in findings] == [
        (
            FindingCode.REQUEST_NOT_DERIVABLE,
            {"requested": "100000.00", "personnelGap": "45000.00", "fullGap": "75000.00"},
        )
    ]
    assert request.decided is None
    assert request.requested == Money.euros(100_000)


@pytest.mark.parametrize("euros", [45_000, 75_000])
def test_a_request_that_follows_from_a_calculation_raises_no_finding(euros: int) -> None:
    assert request_findings(OwnShareRequest(Money.euros(euros)), AACHEN) == ()


def test_f8_low_salary_counts_as_it_is_and_not_at_the_ceiling() -> None:
    assert eligible_of(Money.euros(48_000), CEILING) == Money.euros(48_000)
    assert own_share(Money.euros(48_000), CEILING).amount == Money(0)


def test_f9_part_year_shows_both_amounts_and_decides_nothing() -> None:
    amounts = part_year_amounts(CEILING, Period(date(2020, 10, 1), date(2020, 12, 31)))

    assert (str(amounts.full), str(amounts.pro_rata)) == ("55000.00", "13750.00")
    assert amounts.decided is None
    assert [finding.code for finding in amounts.findings("b3")] == [FindingCode.PART_YEAR_UNDECIDED]


@pytest.mark.parametrize(
    ("decision", "decided"),
    [(PartYearDecision.FULL_AMOUNT, "55000.00"), (PartYearDecision.PRO_RATA, "13750.00")],
)
def test_f9_part_year_a_manual_decision_settles_the_amount(
    decision: PartYearDecision, decided: str
) -> None:
    occupied = Period(date(2020, 10, 1), date(2020, 12, 31))

    amounts = part_year_amounts(CEILING, occupied, decision)

    assert str(amounts.decided) == decided
    assert amounts.findings("b3") == ()


def test_a_post_that_runs_all_year_needs_no_decision() -> None:
    amounts = part_year_amounts(CEILING, Period.of_year(2022))

    assert amounts.decided == CEILING
    assert amounts.findings("b3") == ()


def test_half_a_month_counts_by_its_days() -> None:
    amounts = part_year_amounts(Money.euros(12_000), Period(date(2022, 4, 16), date(2022, 12, 31)))

    assert str(amounts.pro_rata) == "8500.00"


def test_every_cost_kind_has_an_answer_for_every_line() -> None:
    answers = {(kind, line): eligibility(kind, line) for kind in CostKind for line in FundingLine}

    assert len(answers) == 36
    assert answers[CostKind.RENT, B2] is Eligibility.NOT_ELIGIBLE
    assert answers[CostKind.MATERIAL, B2] is Eligibility.NOT_ELIGIBLE
    assert answers[CostKind.ADMINISTRATION, B2] is Eligibility.NOT_ELIGIBLE
    assert answers[CostKind.OVERHEAD, B2] is Eligibility.NOT_ELIGIBLE
    assert answers[CostKind.EVENTS, B1] is Eligibility.ELIGIBLE
    assert answers[CostKind.TRAINING, B3] is Eligibility.UNKNOWN


def test_cost_kinds_are_read_by_code_and_by_german_word() -> None:
    assert [read_cost_kind(kind.value) for kind in CostKind] == list(CostKind)
    assert read_cost_kind(" Sach- und  Overheadkosten ") is CostKind.OVERHEAD
    assert read_cost_kind("Miete") is CostKind.RENT


MONEY = st.integers(min_value=0, max_value=10**9).map(Money)
SHARES = st.integers(min_value=0, max_value=100).map(lambda hundredths: Decimal(hundredths) / 100)


@given(actual=MONEY, ceiling=MONEY, share=SHARES)
def test_eligible_never_exceeds_actual_cost_or_ceiling(
    actual: Money, ceiling: Money, share: Decimal
) -> None:
    eligible = eligible_of(actual, ceiling, share)

    assert eligible <= actual
    assert eligible <= ceiling
    assert eligible in {actual, ceiling.times(share)}


@given(planned=MONEY, ceiling=MONEY)
def test_eligible_and_own_share_make_up_the_planned_cost(planned: Money, ceiling: Money) -> None:
    eligible = eligible_of(planned, ceiling)

    assert eligible + own_share(planned, ceiling).amount == planned
