"""Status over time, and the rules that propose a referral after a change of the body of law."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.code_lists import CodeNotValid, CodeUnknown
from services.cases.domain.codes import LEGAL_CIRCLES, RESIDENCE_GROUPS
from services.cases.domain.contacts import InterpreterKind, cost_reference
from services.cases.domain.referral_rules import REFERRAL_RULES, LegalCircleMove, proposals
from services.cases.domain.residence import (
    RESIDENCE_PARAGRAPHS,
    ParagraphNeed,
    ParagraphNeedMissing,
    ParagraphNotOfGroup,
    choose_residence,
)
from services.cases.domain.timeline import (
    DataSource,
    ParagraphWithoutResidence,
    PeriodBackwards,
    Provenance,
    SourceBasis,
    SourceBasisMissing,
    Status,
    TimelineKind,
)
from services.cases.domain.work import SearchNotStorable, check_search

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
CIRCLES = st.sampled_from([code.code for code in LEGAL_CIRCLES.codes])
GROUPS = st.sampled_from([code.code for code in RESIDENCE_GROUPS.codes])


def circle(code: str = "SGB_II", **more: object) -> Status:
    return Status(kind=TimelineKind.LEGAL_CIRCLE, code=code, from_on=date(2022, 6, 1), **more)  # type: ignore[arg-type] # the cases below vary single fields


@pytest.mark.parametrize("code", ["NO_TITLE", "ILLEGAL", "AUFENTHG_95"])
def test_ra3_no_title_is_offered_neither_as_group_nor_as_paragraph(code: str) -> None:
    assert code not in RESIDENCE_GROUPS
    assert code not in RESIDENCE_PARAGRAPHS
    with pytest.raises(CodeUnknown):
        choose_residence(code, None, None, date(2022, 6, 1))


def test_a_paragraph_belongs_to_its_group_and_needs_a_purpose() -> None:
    day, need = date(2023, 5, 1), ParagraphNeed.RIGHT_TO_STAY
    choose_residence("INTEGRATION_BASED", "AUFENTHG_25B", need, day)
    with pytest.raises(ParagraphNotOfGroup):
        choose_residence("TOLERATED", "AUFENTHG_25B", need, day)
    with pytest.raises(ParagraphNeedMissing):
        choose_residence("INTEGRATION_BASED", "AUFENTHG_25B", None, day)


def test_hazard_15_a_paragraph_that_is_history_keeps_its_code_but_is_not_chosen_any_more() -> None:
    need = ParagraphNeed.RIGHT_TO_STAY
    choose_residence("INTEGRATION_BASED", "AUFENTHG_104C", need, date(2024, 3, 1))
    for day in (date(2022, 12, 30), date(2026, 1, 1)):
        with pytest.raises(CodeNotValid):
            choose_residence("INTEGRATION_BASED", "AUFENTHG_104C", need, day)
    assert RESIDENCE_PARAGRAPHS.entry("AUFENTHG_104C").label.de == "§ 104c AufenthG"


@pytest.mark.parametrize("source", [DataSource.OTHER_BODY, DataSource.THIRD_PERSON])
def test_what_the_person_did_not_tell_needs_a_basis(source: DataSource) -> None:
    with pytest.raises(SourceBasisMissing):
        circle(provenance=Provenance(source=source)).check()
    basis = SourceBasis.SGB_X_67A_2_NR_1
    circle(provenance=Provenance(source=source, source_basis=basis)).check()


def test_a_status_has_a_period_forwards_and_a_paragraph_only_for_residence() -> None:
    circle(to_on=date(2022, 6, 1)).check()
    with pytest.raises(PeriodBackwards):
        circle(to_on=date(2022, 5, 31)).check()
    with pytest.raises(ParagraphWithoutResidence):
        circle(paragraph="AUFENTHG_24").check()


def move(on: date, group: str = "TEMP_PROTECTION", to_circle: str = "SGB_II") -> LegalCircleMove:
    return LegalCircleMove(
        from_circle="ASYLBLG", to_circle=to_circle, effective_on=on, residence_group=group
    )


def test_the_transition_of_2022_is_proposed_within_its_dates_only() -> None:
    """§ 74 SGB II, § 18 AsylbLG: from 01.06.2022 until 31.08.2022."""
    by_day = {
        day: [rule.id for rule in proposals(move(day))]
        for day in (date(2022, 5, 31), date(2022, 6, 1), date(2022, 8, 31), date(2022, 9, 1))
    }
    usual, in_transition = ["R01", "R02", "R03"], ["R01", "R02", "R03", "R04"]
    assert list(by_day.values()) == [usual, in_transition, in_transition, usual]
    assert [r.id for r in proposals(move(date(2022, 6, 1), group="PROTECTION"))] == usual


@given(on=DAYS, from_circle=CIRCLES, to_circle=CIRCLES, group=GROUPS)
def test_every_proposal_speaks_of_the_new_body_of_law_on_a_valid_day(
    on: date, from_circle: str, to_circle: str, group: str
) -> None:
    change = LegalCircleMove(
        from_circle=from_circle, to_circle=to_circle, effective_on=on, residence_group=group
    )
    found = proposals(change)
    assert [rule.to_circle for rule in found] == [to_circle] * len(found)
    assert all(rule.valid_from <= on <= rule.valid_to for rule in found)
    assert len({rule.service_code for rule in found}) == len(found)


def test_the_rules_are_written_in_known_codes_and_two_languages() -> None:
    assert len({rule.id for rule in REFERRAL_RULES}) == len(REFERRAL_RULES)
    for rule in REFERRAL_RULES:
        for code in (rule.to_circle, *rule.from_circles):
            assert code in LEGAL_CIRCLES
        assert all(group in RESIDENCE_GROUPS for group in rule.residence_groups)
        assert rule.reason.de
        assert rule.reason.en
        assert rule.source


@pytest.mark.parametrize("kind", [None, *InterpreterKind])
def test_an_interpreter_leads_to_a_cost_and_no_interpreter_to_none(
    kind: InterpreterKind | None,
) -> None:
    assert cost_reference(kind) == (None if kind is None else f"TRANSLATION_{kind}")


@pytest.mark.parametrize(
    "filters",
    [
        {"personId": "0190f3d2-0000-7000-8000-000000000000"},
        {"caseManager": "somebody"},
        {"name": "Kowalenko"},
        {"state": "EVERYTHING"},
        {"openedOn[gte]": "yesterday"},
        {"sort": "pseudonym"},
    ],
)
def test_a_search_that_names_somebody_or_cannot_be_read_is_not_stored(
    filters: dict[str, str],
) -> None:
    check_search({"state[in]": "INTAKE,PLANNING", "openedOn[gte]": "2022-01-01"})
    with pytest.raises(SearchNotStorable):
        check_search(filters)
