"""No code without a name in both languages."""

import pytest

from services.referrals.domain import codes, labels
from services.referrals.domain.routing import ManualReason

LISTS = {
    "reject-reasons": codes.RejectReason,
    "outcomes": codes.Outcome,
    "referral-states": codes.ReferralState,
    "modes": codes.Mode,
    "urgencies": codes.Urgency,
    "age-bands": codes.AgeBand,
    "topics": codes.Topic,
    "purposes": codes.Purpose,
    "data-categories": codes.DataCategory,
    "manual-reasons": ManualReason,
    "withdraw-reasons": codes.WithdrawReason,
}


def test_every_list_is_published() -> None:
    assert set(labels.CODE_LISTS) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_code_of_a_list_has_a_name(name: str) -> None:
    assert set(labels.CODE_LISTS[name]) == {code.value for code in LISTS[name]}
