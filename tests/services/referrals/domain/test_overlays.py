"""What changes no state: the table of overlays, paths of changes, text that names nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.amendments import changed_paths
from services.referrals.domain.codes import ReferralState, Side
from services.referrals.domain.lifecycle import NotYourSide
from services.referrals.domain.naming import NamesAPerson, names_in, require_nameless
from services.referrals.domain.overlays import (
    OVERLAYS,
    AlreadyOnHold,
    NotOnHold,
    OverlayAction,
    Present,
    TooLateToAmend,
    overlay_actions,
    require_overlay,
)
from services.referrals.domain.proposals import NoOpenProposal, ProposalOpen
from services.referrals.domain.sealing import ContentIsSealed
from shared.kernel.lifecycle import TransitionNotAllowed

REFUSALS = (
    NotYourSide,
    TransitionNotAllowed,
    TooLateToAmend,
    AlreadyOnHold,
    NotOnHold,
    ProposalOpen,
    NoOpenProposal,
    ContentIsSealed,
)


@pytest.mark.parametrize("action", OverlayAction)
@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("is_held", [True, False])
@pytest.mark.parametrize("is_proposed", [True, False])
@pytest.mark.parametrize("is_sealed", [True, False])
def test_an_overlay_is_offered_exactly_where_it_is_taken(
    action: OverlayAction,
    state: ReferralState,
    side: Side,
    *,
    is_held: bool,
    is_proposed: bool,
    is_sealed: bool,
) -> None:
    present = Present(is_held=is_held, is_proposed=is_proposed, is_sealed=is_sealed)
    offered = action in overlay_actions(state, side, present)
    try:
        require_overlay(state, action, side, present)
    except REFUSALS:
        assert not offered
    else:
        assert offered


def test_every_overlay_has_its_row() -> None:
    assert OVERLAYS.keys() == set(OverlayAction)
    ended = {ReferralState.EXPIRED, ReferralState.WITHDRAWN, ReferralState.COMPLETED}
    for sides in OVERLAYS.values():
        assert all(not states & ended for states in sides.values())


def test_changed_paths_tell_what_changed_and_no_value() -> None:
    before = {"identity": {"familyName": "A", "givenNames": "B"}, "need": {"summary": "x"}}
    after = {"identity": {"familyName": "C"}, "need": {"summary": "x"}, "contact": {"phone": "1"}}
    assert changed_paths(before, after) == (
        "contact.phone",
        "identity.familyName",
        "identity.givenNames",
    )
    assert changed_paths(before, before) == ()


WORDS = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=3, max_size=9)


@given(WORDS, st.sampled_from([str.upper, str.lower, str.title, str]))
def test_a_name_is_found_however_it_is_written(name: str, spelt: type[str]) -> None:
    content = {"identity": {"familyName": name}}
    with pytest.raises(NamesAPerson):
        require_nameless(f"Frau {spelt(name)} kommt.", names_in(content))


def test_other_words_are_no_names() -> None:
    require_nameless("Der Termin passt, bitte am Montag.", names_in({"identity": {}}))
    require_nameless("Die Anna-Schule ruft an.", ("Hanna",))
    with pytest.raises(NamesAPerson):
        require_nameless("Yıldız ist da.", ("Yildiz",))
