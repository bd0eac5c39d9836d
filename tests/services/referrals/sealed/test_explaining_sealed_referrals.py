"""A sealed referral: nobody reads its content here, and that is said to both sides."""

from typing import Any

from tests.explanations import codes
from tests.services.referrals.desk import Desk
from tests.services.referrals.test_access_explanations import explained


async def test_both_sides_are_told_that_the_content_is_sealed(
    case_manager: Desk, jobcenter: Desk, accepted: dict[str, Any]
) -> None:
    for desk in (case_manager, jobcenter):
        document, explanation = await explained(desk, accepted["id"])
        assert document["secretCategories"] is not None
        assert "content-sealed" in codes(explanation, "hiddenBy")
        assert "content" in explanation["hiddenMembers"]
        assert "secretCategories" not in explanation["hiddenMembers"]
