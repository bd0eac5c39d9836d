"""Structural findings, their extracts, conferences and the concept: the rules alone."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain import finding_codes
from services.cases.domain.codes import UnitType
from services.cases.domain.concepts import (
    CONCEPT_LIFECYCLE,
    ConceptAction,
    ConceptFacts,
    ConceptState,
)
from services.cases.domain.conferences import (
    BasisMissing,
    Cover,
    Decision,
    Disclosure,
    DisclosureBasis,
    DisclosureDecisionMissing,
    NeverToAuthorities,
    NotCovered,
    StatutoryGround,
    require_covered,
    require_permitted,
)
from services.cases.domain.consent import (
    Consent,
    ConsentPurpose,
    ConsentType,
    DataCategory,
    Direction,
    Form,
    Giver,
)
from services.cases.domain.extracts import (
    NamesSuspected,
    Traits,
    age_band,
    arrival_band,
    name_warnings,
    require_no_names,
    shown_municipality,
)
from services.cases.domain.finding_codes import AgeBand, ArrivalBand, MethodStep
from services.cases.domain.findings import (
    FINDING_LIFECYCLE,
    STEPS_IN,
    WRITERS,
    FindingAction,
    FindingFacts,
    FindingIsSolved,
    FindingState,
    NotYourTurn,
    StepOutOfOrder,
    require_next_step,
    require_turn,
)
from services.cases.domain.people import BirthDate
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed

TODAY = date(2022, 11, 21)
A, S = FindingAction, FindingState
READY = FindingFacts(
    extracts=1, done_steps=frozenset(MethodStep), has_measure=True, has_reason=True
)
MOVES = {
    (S.DRAFT, A.BEGIN_ANALYSIS): S.IN_ANALYSIS,
    (S.DRAFT, A.SET_ASIDE): S.SET_ASIDE,
    (S.IN_ANALYSIS, A.PROPOSE_MEASURE): S.MEASURE_PROPOSED,
    (S.IN_ANALYSIS, A.SET_ASIDE): S.SET_ASIDE,
    (S.MEASURE_PROPOSED, A.START_MEASURE): S.MEASURE_RUNNING,
    (S.MEASURE_PROPOSED, A.ANALYSE_AGAIN): S.IN_ANALYSIS,
    (S.MEASURE_PROPOSED, A.SET_ASIDE): S.SET_ASIDE,
    (S.MEASURE_RUNNING, A.SOLVE): S.SOLVED,
    (S.MEASURE_RUNNING, A.ANALYSE_AGAIN): S.IN_ANALYSIS,
    (S.MEASURE_RUNNING, A.SET_ASIDE): S.SET_ASIDE,
    (S.SET_ASIDE, A.RESUME): S.IN_ANALYSIS,
}


@pytest.mark.parametrize(("state", "action"), list(product(FindingState, FindingAction)))
def test_every_pair_of_finding_state_and_action(state: FindingState, action: FindingAction) -> None:
    if (state, action) in MOVES:
        assert FINDING_LIFECYCLE.next_state(state, action, READY) is MOVES[state, action]
    else:
        with pytest.raises(TransitionNotAllowed):
            FINDING_LIFECYCLE.next_state(state, action, READY)


@pytest.mark.parametrize(
    ("state", "action", "facts", "guards"),
    [
        (S.DRAFT, A.BEGIN_ANALYSIS, {"extracts": 0}, ["extract-exists"]),
        (S.DRAFT, A.BEGIN_ANALYSIS, {"done_steps": frozenset()}, ["cases-collected"]),
        (S.IN_ANALYSIS, A.PROPOSE_MEASURE, {"has_measure": False}, ["measure-described"]),
        (S.IN_ANALYSIS, A.PROPOSE_MEASURE, {"done_steps": frozenset()}, ["discussed"]),
        (S.MEASURE_RUNNING, A.SOLVE, {"done_steps": frozenset()}, ["evaluated"]),
        (S.MEASURE_RUNNING, A.SET_ASIDE, {"has_reason": False}, ["reason-given"]),
        (S.MEASURE_PROPOSED, A.ANALYSE_AGAIN, {"has_reason": False}, ["reason-given"]),
    ],
)
def test_each_step_of_a_finding_asks_its_guards(
    state: FindingState, action: FindingAction, facts: dict[str, object], guards: list[str]
) -> None:
    with pytest.raises(GuardFailed) as refused:
        FINDING_LIFECYCLE.next_state(state, action, replace(READY, **facts))  # type: ignore[arg-type]  # facts of several types
    assert refused.value.facts["guards"] == guards


@given(st.sampled_from(FindingState), st.lists(st.sampled_from(MethodStep)))
def test_steps_never_skip_one_before_them(state: FindingState, tried: list[MethodStep]) -> None:
    done: frozenset[MethodStep] = frozenset()
    for step in tried:
        try:
            require_next_step(state, done, step)
        except StepOutOfOrder:
            continue
        assert step in STEPS_IN[state]
        done |= {step}
    order = list(MethodStep)
    assert done == frozenset(order[: len(done)])


@pytest.mark.parametrize("state", FindingState)
def test_the_state_says_whose_turn_it_is(state: FindingState) -> None:
    for role in ("case_manager", "coordinator", "team_lead", "b3_officer"):
        if not WRITERS[state]:
            with pytest.raises(FindingIsSolved):
                require_turn(state, frozenset({role}))
        elif role in WRITERS[state]:
            require_turn(state, frozenset({role}))
        else:
            with pytest.raises(NotYourTurn):
                require_turn(state, frozenset({role}))


def test_the_code_lists_say_what_the_enumerations_say() -> None:
    pairs = (
        (finding_codes.METHOD_STEPS, finding_codes.MethodStep),
        (finding_codes.AGE_BANDS, finding_codes.AgeBand),
        (finding_codes.ARRIVAL_BANDS, finding_codes.ArrivalBand),
        (finding_codes.MEETING_BODIES, finding_codes.MeetingBody),
    )
    for listed, values in pairs:
        assert [code.code for code in listed.codes] == [value.value for value in values]


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2004-11-22", AgeBand.UNDER_18),
        ("2004-11-21", AgeBand.AGE_18_TO_26),
        ("1995-11-21", AgeBand.AGE_27_TO_44),
        ("1957-11-21", AgeBand.AGE_65_AND_OVER),
        ("1990", AgeBand.AGE_27_TO_44),
        (None, AgeBand.UNKNOWN),
    ],
)
def test_an_age_becomes_a_band(born: str | None, band: AgeBand) -> None:
    assert age_band(BirthDate.parse(born, today=TODAY), TODAY) is band


@pytest.mark.parametrize(
    ("year", "band"),
    [
        (2014, ArrivalBand.BEFORE_2015),
        (2015, ArrivalBand.YEARS_2015_TO_2018),
        (2021, ArrivalBand.YEARS_2019_TO_2021),
        (2022, ArrivalBand.SINCE_2022),
        (None, ArrivalBand.UNKNOWN),
    ],
)
def test_a_year_of_arrival_becomes_a_band(year: int | None, band: ArrivalBand) -> None:
    assert arrival_band(year) is band


TRAITS = st.builds(
    Traits,
    residence_group=st.sampled_from(["TOLERATED", "PROTECTION"]),
    age_band=st.sampled_from([AgeBand.UNDER_18, AgeBand.AGE_18_TO_26]),
    language=st.sampled_from(["ukr", "ara", None]),
)


@given(TRAITS, st.lists(TRAITS, max_size=12), st.integers(2, 5))
def test_hazard_12_a_municipality_is_named_only_among_k_that_look_the_same(
    own: Traits, others: list[Traits], k: int
) -> None:
    shown = shown_municipality("05570044", own, [own, *others], k)
    assert shown == ("05570044" if 1 + others.count(own) >= k else None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kurse beginnen zu selten.", []),
        ("Kowalénko wartet seit Mai.", ["NAME_OF_THE_CASE"]),
        ("Frau K. wartet seit Mai.", ["PERSON_ADDRESSED"]),
        ("Anruf unter 0170123456.", ["NUMBER_OR_DATE"]),
        ("Geboren am 17.05.1990.", ["NUMBER_OR_DATE"]),
    ],
)
def test_a_text_is_looked_at_for_names_and_numbers(text: str, codes: list[str]) -> None:
    found = name_warnings(text, ["Kowalenko", "Olena"], "/problem")
    assert [one.code for one in found] == codes


@given(st.sampled_from(["Kowalenko", "Öztürk", "Nguyễn", "Łuczak"]), st.text(max_size=40))
def test_a_name_of_the_case_is_found_wherever_it_stands(name: str, around: str) -> None:
    text = f"{around} {name} {around}"
    with pytest.raises(NamesSuspected):
        require_no_names(text, [name], is_checked=False, pointer="/problem")
    require_no_names(text, [name], is_checked=True, pointer="/problem")


SUBJECT = UUID(int=7)
CONSENT = Consent(
    consent_type=ConsentType.EINWILLIGUNG,
    subject_person_id=SUBJECT,
    giver=Giver.SELF,
    purpose=ConsentPurpose.CASE_CONFERENCE,
    data_categories=frozenset({DataCategory.LANGUAGE, DataCategory.ASSESSMENT}),
    discloser_unit="waf-cm",
    recipient_unit="waf-jobcenter",
    direction=Direction.OUT,
    form=Form.SCHRIFTLICH,
    language="ukr",
    information_text_version="2022-03",
    recorded_by="x",
    is_refusal_explained=True,
    is_revocability_explained=True,
    given_on=TODAY,
    valid_from=TODAY,
    valid_to=TODAY,
)
TO_JOBCENTER = Disclosure(
    unit="waf-jobcenter",
    unit_type=UnitType.JOBCENTER_ACTIVE,
    basis=DisclosureBasis.CONSENT,
    fields=frozenset({DataCategory.LANGUAGE}),
    consent_id=uuid4(),
)


def test_an_active_consent_for_exactly_this_covers_a_disclosure() -> None:
    require_permitted(TO_JOBCENTER, "waf-cm")
    require_covered(TO_JOBCENTER, SUBJECT, "waf-cm", [Cover(CONSENT, is_active=True)], days=[TODAY])


@pytest.mark.parametrize(
    ("consent", "is_active"),
    [
        (CONSENT, False),
        (replace(CONSENT, subject_person_id=UUID(int=8)), True),
        (replace(CONSENT, recipient_unit="waf-jobcenter-passive"), True),
        (replace(CONSENT, purpose=ConsentPurpose.REFERRAL), True),
        (replace(CONSENT, data_categories=frozenset({DataCategory.PLAN})), True),
        (replace(CONSENT, direction=Direction.IN), True),
        (replace(CONSENT, valid_to=date(2022, 11, 20), valid_from=date(2022, 1, 1)), True),
        (replace(CONSENT, consent_type=ConsentType.SCHWEIGEPFLICHTENTBINDUNG), True),
    ],
)
def test_a_consent_for_something_else_or_not_in_force_refuses(
    consent: Consent,
    is_active: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    with pytest.raises(NotCovered):
        require_covered(TO_JOBCENTER, SUBJECT, "waf-cm", [Cover(consent, is_active)], days=[TODAY])


def test_hazard_05_what_is_under_secrecy_needs_a_release_besides_the_consent() -> None:
    told = replace(TO_JOBCENTER, fields=frozenset({DataCategory.ASSESSMENT}))
    consent = Cover(CONSENT, is_active=True)
    with pytest.raises(NotCovered):
        require_covered(told, SUBJECT, "waf-cm", [consent], days=[TODAY])
    release = Cover(
        replace(CONSENT, consent_type=ConsentType.SCHWEIGEPFLICHTENTBINDUNG), is_active=True
    )
    require_covered(told, SUBJECT, "waf-cm", [consent, release], days=[TODAY])


DISCLOSURES = st.builds(
    Disclosure,
    unit=st.sampled_from(["waf-cm", "waf-abh", "waf-jobcenter"]),
    unit_type=st.sampled_from(UnitType),
    basis=st.sampled_from(DisclosureBasis),
    fields=st.frozensets(st.sampled_from(DataCategory)),
    consent_id=st.none() | st.uuids(),
    ground=st.none() | st.sampled_from(StatutoryGround),
    decision=st.none()
    | st.builds(
        Decision, reason=st.sampled_from(["", " ", "Antrag"]), is_client_informed=st.booleans()
    ),
)


@given(DISCLOSURES)
def test_hazard_01_nothing_is_permitted_to_an_authority_without_a_decision(
    disclosure: Disclosure,
) -> None:
    """R-A1, over every combination: whatever is permitted has its decision, basis and limits."""
    try:
        require_permitted(disclosure, "waf-cm")
    except (DisclosureDecisionMissing, NeverToAuthorities, BasisMissing):
        return
    if disclosure.unit_type in {"ABH", "EBH"}:
        assert disclosure.decision is not None
        assert disclosure.decision.reason.strip()
        assert disclosure.basis is not DisclosureBasis.OWN_UNIT
        assert not disclosure.fields & {
            DataCategory.HEALTH, DataCategory.ASSESSMENT, DataCategory.BENEFITS
        }  # fmt: skip
    if disclosure.basis is DisclosureBasis.OWN_UNIT:
        assert disclosure.unit == "waf-cm"
    else:
        assert (disclosure.consent_id is None) == (disclosure.basis is DisclosureBasis.STATUTORY)


CONCEPT_MOVES = {
    (ConceptState.DRAFT, ConceptAction.ENDORSE): ConceptState.ENDORSED,
    (ConceptState.DRAFT, ConceptAction.WITHDRAW): ConceptState.WITHDRAWN,
    (ConceptState.ENDORSED, ConceptAction.APPROVE): ConceptState.APPROVED,
    (ConceptState.ENDORSED, ConceptAction.WITHDRAW): ConceptState.WITHDRAWN,
    (ConceptState.APPROVED, ConceptAction.SUPERSEDE): ConceptState.SUPERSEDED,
}
CONCEPT_READY = ConceptFacts(
    today=TODAY,
    on_date=TODAY,
    endorsed_on=TODAY,
    is_meeting_of_steering_group=True,
    is_approval_named=True,
    is_successor_approved=True,
)


@pytest.mark.parametrize(("state", "action"), list(product(ConceptState, ConceptAction)))
def test_every_pair_of_concept_state_and_action(state: ConceptState, action: ConceptAction) -> None:
    if (state, action) in CONCEPT_MOVES:
        after = CONCEPT_LIFECYCLE.next_state(state, action, CONCEPT_READY)
        assert after is CONCEPT_MOVES[state, action]
    else:
        with pytest.raises(TransitionNotAllowed):
            CONCEPT_LIFECYCLE.next_state(state, action, CONCEPT_READY)
