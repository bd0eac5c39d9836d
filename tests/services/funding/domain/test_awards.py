from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.funding.domain.awards import (
    AwardContent,
    AwardContentWrong,
    AwardLine,
    BookingOutsidePeriod,
    BookingOutsidePurpose,
    LinePurpose,
    award_findings,
    is_lump_sum_only,
    refuse_contradictions,
    refuse_foreign_booking,
)
from services.funding.domain.costs import CostKind
from services.funding.domain.findings import FindingCode
from services.funding.domain.legal_dates import Period
from services.funding.domain.rates import amount_per_post
from services.funding.domain.versions import (
    FollowUpUnclear,
    VersionKind,
    VersionOutOfOrder,
    refuse_wrong_kind,
)
from shared.kernel.money import Money, fte_text
from tests.services.funding.domain.published import published_rates
from tests.services.funding.domain.warendorf import (
    B1,
    B2,
    B3,
    FUNDING,
    FUNDING_WITH_TRANSLATION,
    LINES,
    TRANSLATION,
    YEAR_2022,
)

RATES = published_rates()


def test_f1_warendorf_money_adds_up_line_by_line() -> None:
    refuse_contradictions(FUNDING)

    assert str(FUNDING.programme_volume) == "1222800.00"
    assert str(FUNDING.of_line(B1)) == "302800.00"
    assert str(amount_per_post(FUNDING.of_line(B2), Decimal(14))) == "55000.00"
    assert str(amount_per_post(FUNDING.of_line(B3), Decimal(3))) == "50000.00"
    assert fte_text(FUNDING.fte) == "21.00"


def test_f3_translation_money_counts_for_the_ministry_and_not_for_the_programme() -> None:
    refuse_contradictions(FUNDING_WITH_TRANSLATION)

    assert str(FUNDING_WITH_TRANSLATION.programme_volume) == "1222800.00"
    assert str(FUNDING_WITH_TRANSLATION.ministry_total) == "1252800.00"
    assert str(FUNDING_WITH_TRANSLATION.of_line(B1)) == "302800.00"


def test_f3_translation_money_is_not_dropped_for_having_an_equal_amount() -> None:
    equal = [line.key for line in FUNDING_WITH_TRANSLATION.lines if line.amount.cents == 3_000_000]

    assert equal == ["b1-measures", "translation"]


@pytest.mark.parametrize("day", [date(2022, 9, 30), date(2023, 1, 1)])
def test_f3_translation_money_is_refused_outside_its_own_period(day: date) -> None:
    with pytest.raises(BookingOutsidePeriod) as refused:
        refuse_foreign_booking(TRANSLATION, YEAR_2022, day, CostKind.TRANSLATION)

    assert refused.value.facts == {"start": "2022-10-01", "end": "2022-12-31"}


def test_f3_translation_money_is_spent_within_its_own_period() -> None:
    refuse_foreign_booking(TRANSLATION, YEAR_2022, date(2022, 10, 1), CostKind.TRANSLATION)
    refuse_foreign_booking(TRANSLATION, YEAR_2022, date(2022, 12, 31), CostKind.TRANSLATION)


def test_purpose_bound_money_pays_for_nothing_else() -> None:
    with pytest.raises(BookingOutsidePurpose):
        refuse_foreign_booking(LINES[3], YEAR_2022, date(2022, 6, 1), CostKind.EVENTS)


def test_f13_unna_award_dated_after_the_start_of_its_period_is_accepted() -> None:
    unna = AwardContent(
        2023,
        Period.of_year(2023),
        (
            AwardLine(
                "b2",
                B2,
                LinePurpose.POSTS,
                Money.euros(1_026_000),
                Decimal("18.00"),
                Money.euros(57_000),
            ),
        ),
        Money.euros(1_026_000),
    )

    refuse_contradictions(unna)

    assert [finding.code for finding in award_findings(unna, date(2023, 2, 15), RATES)] == [
        FindingCode.AWARDED_AFTER_PERIOD_START
    ]
    assert award_findings(unna, date(2022, 12, 15), RATES) == ()
    assert is_lump_sum_only(unna)


def test_an_amount_off_the_rate_is_a_finding_and_no_refusal() -> None:
    line = replace(LINES[1], amount=Money.euros(784_000))
    content = replace(FUNDING, lines=(line,), total=line.amount)

    refuse_contradictions(content)

    assert [
        (finding.code, finding.subject, dict(finding.facts))
        for finding in award_findings(content, None, RATES)
    ] == [(FindingCode.RATE_DEVIATES, "b2-posts", {"perPost": "56000.00", "rate": "55000.00"})]


def faults_of(content: AwardContent) -> list[tuple[str, str]]:
    with pytest.raises(AwardContentWrong) as refused:
        refuse_contradictions(content)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_a_total_other_than_the_sum_of_lines_is_refused() -> None:
    wrong = replace(FUNDING, total=Money.euros(1_252_800))

    assert faults_of(wrong) == [("/total", "sum-differs")]


def test_every_contradiction_is_named_at_once() -> None:
    content = AwardContent(
        2022,
        Period(date(2022, 1, 1), date(2023, 1, 1)),
        (
            AwardLine("a", B2, LinePurpose.POSTS, Money.euros(1)),
            AwardLine("a", B2, LinePurpose.EVENTS, Money.euros(1), Decimal(1)),
            AwardLine(
                "c", B2, LinePurpose.POSTS, Money.euros(2), Decimal(2), Money.euros(2), YEAR_2022
            ),
            AwardLine(
                "d",
                B2,
                LinePurpose.EVENTS,
                Money.euros(1),
                period=Period(date(2021, 12, 31), date(2022, 1, 1)),
            ),
        ),
        Money.euros(6),
    )

    assert faults_of(content) == [
        ("/total", "sum-differs"),
        ("/period", "outside-fiscal-year"),
        ("/lines/0/fte", "posts-unclear"),
        ("/lines/1/key", "key-repeated"),
        ("/lines/1/fte", "posts-unclear"),
        ("/lines/2/amount", "rate-differs"),
        ("/lines/3/period", "outside-award-period"),
    ]


def test_an_award_without_lines_is_refused() -> None:
    assert faults_of(AwardContent(2022, YEAR_2022, (), Money(0))) == [("/lines", "lines-missing")]


def test_an_amendment_never_comes_first_and_an_original_never_later() -> None:
    refuse_wrong_kind(VersionKind.ORIGINAL, is_first=True)
    refuse_wrong_kind(VersionKind.ANSCHLUSS, is_first=True, has_predecessor=True)
    refuse_wrong_kind(VersionKind.AENDERUNG, is_first=False)

    with pytest.raises(VersionOutOfOrder):
        refuse_wrong_kind(VersionKind.AENDERUNG, is_first=True)
    with pytest.raises(VersionOutOfOrder):
        refuse_wrong_kind(VersionKind.ORIGINAL, is_first=False)
    with pytest.raises(VersionOutOfOrder):
        refuse_wrong_kind(VersionKind.ANSCHLUSS, is_first=False)


def test_a_follow_up_notice_names_the_award_that_it_follows() -> None:
    with pytest.raises(FollowUpUnclear):
        refuse_wrong_kind(VersionKind.ANSCHLUSS, is_first=True, has_predecessor=False)
    with pytest.raises(FollowUpUnclear):
        refuse_wrong_kind(VersionKind.ORIGINAL, is_first=True, has_predecessor=True)
