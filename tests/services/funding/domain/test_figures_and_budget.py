from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.budget import (
    BudgetChange,
    BudgetChangeUnreadable,
    BudgetEntry,
    BudgetNotReleased,
    EntryKind,
    coordination_residual,
    gross_totals,
    read_budget_change,
    read_budget_effect,
    refuse_blocked_spending,
)
from services.funding.domain.figures import (
    FigureLocale,
    FigureUnreadable,
    read_amount,
    read_fte,
    write_fte,
)
from services.funding.domain.findings import FINDING_TEXTS, FindingCode
from services.funding.domain.legal_dates import (
    Period,
    PeriodEndsBeforeItStarts,
    Quarter,
    QuarterUnreadable,
    weekend_findings,
)
from shared.kernel.money import Money, fte_text

DE, EN = FigureLocale.DE, FigureLocale.EN


@pytest.mark.parametrize("locale", [DE, EN])
@pytest.mark.parametrize("text", ["7,62", "7.62"])
def test_posts_are_read_with_comma_and_with_point(text: str, locale: FigureLocale) -> None:
    assert read_fte(text, locale) == Decimal("7.62")


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("1.222.800", DE, "1222800.00"),
        ("1.222.800,00 €", DE, "1222800.00"),
        ("1.222", DE, "1222.00"),
        ("1,222", EN, "1222.00"),
        ("1,222,800.50", EN, "1222800.50"),
        ("55000", DE, "55000.00"),
        ("7.000 Euro", DE, "7000.00"),
    ],
)
def test_grouped_thousands_are_never_read_as_decimals(
    text: str, locale: FigureLocale, expected: str
) -> None:
    assert str(read_amount(text, locale)) == expected


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("1.222.800", EN),
        ("1.222", EN),
        ("1,222", DE),
        ("1.22.800", DE),
        ("1.222.80", DE),
        ("7,621", DE),
        ("07,62", DE),
        ("-7,62", DE),
        ("7 62", DE),
        ("1e3", DE),
        ("٧,62", DE),
        ("", DE),
        ("€", DE),
    ],
)
def test_a_doubtful_figure_is_refused(text: str, locale: FigureLocale) -> None:
    with pytest.raises(FigureUnreadable):
        read_amount(text, locale)


def test_more_posts_than_the_column_holds_are_refused() -> None:
    with pytest.raises(FigureUnreadable):
        read_fte("1.222", DE)


@given(st.integers(min_value=0, max_value=99_999), st.sampled_from(FigureLocale))
def test_posts_survive_writing_and_reading(hundredths: int, locale: FigureLocale) -> None:
    fte = Decimal(hundredths) / 100

    assert read_fte(write_fte(fte, locale), locale) == fte
    assert fte_text(read_fte(write_fte(fte, locale), locale)) == fte_text(fte)


@given(st.integers(min_value=0, max_value=10**12))
def test_german_amounts_survive_writing_and_reading(cents: int) -> None:
    assert read_amount(Money(cents).german(), DE) == Money(cents)


def test_f7_aachen_budget_stands_gross_and_the_residual_is_marked_as_assumed() -> None:
    entries = [
        BudgetEntry(EntryKind.REVENUE, Money.euros(570_000), 2021, "946100", "414100"),
        BudgetEntry(EntryKind.EXPENSE, Money.euros(275_000), 2021, "946100"),
    ]

    totals = gross_totals(entries)
    residual = coordination_residual(
        totals.revenue, Money.euros(330_000), assumed_b3=Money.euros(55_000)
    )

    assert (str(totals.revenue), str(totals.expense)) == ("570000.00", "275000.00")
    assert str(residual.amount) == "185000.00"
    assert residual.assumptions == ("B3_FOREIGNERS_NATURALISATION=55000.00",)


@pytest.mark.parametrize(
    "text",
    [
        "um 7.000 € auf insgesamt 11.000 €",
        "Der Ansatz wird um 7.000 Euro auf 11.000 Euro erhöht.",
        "erhöht um  7.000,00 €  auf insgesamt 11.000,00 €.",
    ],
)
def test_f12_budget_text_raises_by_seven_to_eleven_thousand(text: str) -> None:
    expected = BudgetChange(Money.euros(4_000), Money.euros(7_000), Money.euros(11_000))

    assert read_budget_change(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "insgesamt 11.000 €",
        "um 11.000 € auf insgesamt 7.000 €",
        "um 1.000 € auf 2.000 € und um 3.000 € auf 5.000 €",
    ],
)
def test_a_budget_text_without_one_clear_change_is_refused(text: str) -> None:
    with pytest.raises(BudgetChangeUnreadable):
        read_budget_change(text)


def test_spending_waits_for_the_approved_budget() -> None:
    with pytest.raises(BudgetNotReleased):
        refuse_blocked_spending(None, date(2023, 2, 1))
    with pytest.raises(BudgetNotReleased):
        refuse_blocked_spending(date(2023, 4, 1), date(2023, 3, 31))

    refuse_blocked_spending(date(2023, 4, 1), date(2023, 4, 1))


def test_no_budget_effect_is_nothing_stated_and_not_zero() -> None:
    assert read_budget_effect("Nein") is None
    assert read_budget_effect("55.000 €") == Money.euros(55_000)


def test_f16_dates_a_sunday_is_accepted_with_a_warning() -> None:
    findings = weekend_findings("concept-endorsed", date(2022, 5, 22))

    assert [(finding.code, finding.subject, dict(finding.facts)) for finding in findings] == [
        (FindingCode.WEEKEND_DATE, "concept-endorsed", {"date": "2022-05-22"})
    ]
    assert weekend_findings("concept-endorsed", date(2022, 5, 23)) == ()


def test_every_finding_has_a_text() -> None:
    assert set(FINDING_TEXTS) == set(FindingCode)


def test_a_period_includes_both_its_ends() -> None:
    period = Period(date(2022, 10, 1), date(2022, 12, 31))

    assert period.contains(date(2022, 10, 1))
    assert period.contains(date(2022, 12, 31))
    assert not period.contains(date(2023, 1, 1))
    assert period.days == 92


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PeriodEndsBeforeItStarts):
        Period(date(2022, 1, 2), date(2022, 1, 1))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
    ],
)
def test_a_start_may_be_planned_to_the_quarter(text: str, start: date, end: date) -> None:
    quarter = Quarter.parse(text)

    assert quarter.period == Period(start, end)
    assert str(quarter) == text


@pytest.mark.parametrize("text", ["2021-Q5", "2021Q1", "1. Quartal 2021"])
def test_a_quarter_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(QuarterUnreadable):
        Quarter.parse(text)
