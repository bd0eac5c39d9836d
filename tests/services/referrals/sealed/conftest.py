"""The job centre offers a key, the case management sends to it. Keys take long: made once."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.sealed.envelopes import Holder, key_paper, sealed_for, sealed_paper

KEYS = "/v1/org-units/waf-jobcenter/keys"


@pytest.fixture(scope="session")
def stranger() -> Holder:
    """A strong key that nobody has published."""
    return Holder.with_bits()


@pytest.fixture(scope="session")
async def holder(directory: None, desk_of: Callable[[str], Desk]) -> Holder:
    """The job centre's key for encryption, published."""
    made = Holder.with_bits()
    answer = await desk_of("waf-jobcenter-system").post(KEYS, key_paper(made))
    assert answer.status_code == 201, answer.text
    return made


@pytest.fixture
async def sent(case_manager: Desk, holder: Holder, subject: str) -> dict[str, Any]:
    paper = sealed_paper(subject, sealed_for(holder))
    answer = await case_manager.post("/v1/sealed-referrals", paper)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
async def accepted(jobcenter: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    return await jobcenter.step(await jobcenter.step(sent, "pull"), "accept")
