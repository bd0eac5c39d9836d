from datetime import date

import pytest

from services.funding.domain.amounts import (
    AmountsOfDifferentStatus,
    AmountStatus,
    StatedAmount,
    totals_by_status,
)
from services.funding.domain.applicants import (
    Applicant,
    ApplicantKind,
    is_eligible,
    is_eligible_for_own_coordination,
)
from services.funding.domain.costs import CostKind, CostKindUnknown, read_cost_kind
from services.funding.domain.programme import (
    FUNDING_LINE_NAMES,
    LEGAL_FORMS,
    FunderName,
    FundingLine,
    FundingLineUnknown,
    LegalForm,
    funder_name_on,
    read_funding_line,
)
from shared.kernel.money import Money

B1 = FundingLine.B1_COORDINATION
B2 = FundingLine.B2_CASE_MANAGEMENT
B3 = FundingLine.B3_FOREIGNERS_NATURALISATION


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("Baustein 1", B1),
        ("Modul 1", B1),
        ("Ziffer 1", B1),
        ("Ziff. 1", B1),
        ("1. Baustein", B1),
        ("strategischer Overhead", B1),
        ("Koordinierende Stelle", B1),
        ("baustein  2", B2),
        ("Modul 2", B2),
        ("Ziffer 2", B2),
        ("Casemanagement", B2),
        ("b2", B2),
        ("B2_case_management", B2),
        ("Baustein 3", B3),
        ("MODUL 3", B3),
        ("Ziffer 3", B3),
    ],
)
def test_every_word_of_the_papers_for_a_line_gives_one_code(word: str, line: FundingLine) -> None:
    assert read_funding_line(word) is line


def test_the_synonyms_survive_a_round_trip_through_the_code() -> None:
    for number, line in enumerate(FundingLine, start=1):
        emitted = {
            read_funding_line(f"{word} {number}").value for word in ("Baustein", "Modul", "Ziffer")
        }
        assert emitted == {line.value}
        assert read_funding_line(line.value) is line


@pytest.mark.parametrize("word", ["Baustein 4", "Overheadkosten", "Overhead", "12", "", "Modul"])
def test_a_word_that_names_no_line_is_refused(word: str) -> None:
    with pytest.raises(FundingLineUnknown):
        read_funding_line(word)


def test_strategic_overhead_is_a_line_and_overhead_cost_is_a_cost() -> None:
    assert read_funding_line("strategischer Overhead") is B1
    assert read_cost_kind("Overheadkosten") is CostKind.OVERHEAD
    with pytest.raises(CostKindUnknown):
        read_cost_kind("strategischer Overhead")


def test_line_1_is_a_grant_by_guideline_and_lines_2_and_3_are_lump_sums() -> None:
    assert [LEGAL_FORMS[line] for line in FundingLine] == [
        LegalForm.ZUWENDUNG_RICHTLINIE,
        LegalForm.FACHBEZOGENE_PAUSCHALE,
        LegalForm.FACHBEZOGENE_PAUSCHALE,
    ]
    assert set(FUNDING_LINE_NAMES) == set(FundingLine)


def test_announced_money_is_never_added_to_granted_money() -> None:
    announced = StatedAmount(Money.euros(25_000_000), AmountStatus.ANNOUNCED)
    granted = StatedAmount(Money.euros(770_000), AmountStatus.GRANTED)

    with pytest.raises(AmountsOfDifferentStatus):
        _ = announced + granted

    assert (granted + granted).amount == Money.euros(1_540_000)
    assert totals_by_status([announced, granted, granted]) == {
        AmountStatus.ANNOUNCED: Money.euros(25_000_000),
        AmountStatus.EXPECTED: Money(0),
        AmountStatus.GRANTED: Money.euros(1_540_000),
    }


def test_a_ministry_keeps_the_name_it_bore_on_the_day_of_the_award() -> None:
    names = (FunderName("MKFFI", date(2017, 6, 30)), FunderName("MKJFGFI", date(2022, 6, 29)))

    assert funder_name_on(names, date(2020, 4, 20)) == "MKFFI"
    assert funder_name_on(names, date(2022, 11, 21)) == "MKJFGFI"
    assert funder_name_on(names, date(2016, 1, 1)) is None


def test_a_county_needs_an_integration_centre_for_every_line() -> None:
    with_centre = Applicant(ApplicantKind.KREIS, has_integration_centre=True)
    without = Applicant(ApplicantKind.KREIS)

    assert [is_eligible(with_centre, line) for line in FundingLine] == [True, True, True]
    assert [is_eligible(without, line) for line in FundingLine] == [False, False, False]


def test_a_municipality_with_its_own_authority_may_have_line_3_only() -> None:
    municipality = Applicant(
        ApplicantKind.KREISANGEHOERIGE_GEMEINDE, has_naturalisation_authority=True
    )

    assert [is_eligible(municipality, line) for line in FundingLine] == [False, False, True]


@pytest.mark.parametrize(
    "missing",
    [
        "has_foreigners_authority",
        "has_youth_office",
        "has_integration_council",
        "applies_through_county",
    ],
)
def test_own_coordination_needs_every_one_of_its_conditions(missing: str) -> None:
    conditions = {
        "has_foreigners_authority": True,
        "has_youth_office": True,
        "has_integration_council": True,
        "applies_through_county": True,
    }
    kind = ApplicantKind.KREISANGEHOERIGE_GEMEINDE

    assert is_eligible_for_own_coordination(Applicant(kind, **conditions))
    assert not is_eligible_for_own_coordination(Applicant(kind, **{**conditions, missing: False}))


def test_an_association_is_no_applicant() -> None:
    association = Applicant(ApplicantKind.OTHER, has_integration_centre=True)

    assert not any(is_eligible(association, line) for line in FundingLine)
