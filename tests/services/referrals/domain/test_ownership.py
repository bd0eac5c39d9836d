"""Who leads the case, over any walk through the life of a referral."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.agencies import Agency, EndpointStatus, OrgUnitType
from services.referrals.domain.codes import ACCEPTED_OR_LATER, Mode, ReferralAction, ReferralState
from services.referrals.domain.lifecycle import REFERRAL_LIFECYCLE
from services.referrals.domain.notices import (
    ANSWERS,
    AnswerDoesNotFit,
    NoticeAnswer,
    NoticeKind,
    require_fitting,
)
from services.referrals.domain.ownership import (
    OwnershipStays,
    owner_after,
    require_transferable,
)
from services.referrals.domain.proposals import ProposalUnusable, require_usable
from tests.services.referrals.domain.people_and_places import NOW

SENDER, RECIPIENT, SUB_UNIT = "waf-ki", "waf-cm", "waf-cm-nord"


@given(st.lists(st.integers(0, 20), max_size=14), st.booleans())
def test_ownership_moves_with_acceptance_and_by_nothing_else(
    choices: list[int],
    transfers: bool,  # noqa: FBT001 - Hypothesis fills the arguments
) -> None:
    state, owner, recipient = ReferralState.DRAFT, SENDER, RECIPIENT
    for choice in choices:
        moves = REFERRAL_LIFECYCLE.moves[state]
        if not moves:
            break
        action = list(moves)[choice % len(moves)]
        before, state = owner, moves[action].to
        if action is ReferralAction.FORWARD:
            recipient = SUB_UNIT
        owner = owner_after(state, owner=owner, recipient=recipient, transfers=transfers)
        if action is ReferralAction.ACCEPT and transfers:
            assert (before, owner) == (SENDER, recipient)
        else:
            assert owner == before
    assert owner == (recipient if transfers and state in ACCEPTED_OR_LATER else SENDER)


@pytest.mark.parametrize("mode", Mode)
def test_only_a_warm_handover_passes_it_on(mode: Mode) -> None:
    require_transferable(mode, transfers=False)
    if mode is Mode.WARM_HANDOVER:
        require_transferable(mode, transfers=True)
    else:
        with pytest.raises(OwnershipStays):
            require_transferable(mode, transfers=True)


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("answer", NoticeAnswer)
def test_an_answer_fits_its_notice(kind: NoticeKind, answer: NoticeAnswer) -> None:
    if answer in ANSWERS[kind]:
        require_fitting(kind, answer)
    else:
        with pytest.raises(AnswerDoesNotFit):
            require_fitting(kind, answer)


def test_a_proposal_is_of_the_units_own_and_lies_ahead() -> None:
    agency = Agency(
        unit_id=RECIPIENT,
        type=OrgUnitType.CM_TEAM,
        controller_id=RECIPIENT,
        body_35_sgb1=False,
        endpoint_status=EndpointStatus.ACTIVE,
        services=frozenset({"CASE_MANAGEMENT", "HOUSING_SUPPORT"}),
    )
    today = NOW.date()
    known = {"asked": "CASE_MANAGEMENT", "recipient": agency, "today": today}
    require_usable(service_code="HOUSING_SUPPORT", starts_on=None, **known)  # type: ignore[arg-type]  # one dict for all
    for service_code, starts_on in (
        (None, None),
        ("CASE_MANAGEMENT", None),
        ("DEBT_COUNSELLING", None),
        (None, today),
    ):
        with pytest.raises(ProposalUnusable):
            require_usable(service_code=service_code, starts_on=starts_on, **known)  # type: ignore[arg-type]  # as above
