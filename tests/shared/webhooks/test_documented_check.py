"""The ten lines that the documentation gives to partners do what they promise."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shared.kernel.clock import now
from shared.webhooks.signing import SignatureProfile, headers_for, new_secret, secret_text

PAGE = Path(__file__).resolve().parents[3] / "docs" / "integration.md"
BODY = b'{"id": "1"}'


@pytest.fixture(scope="module")
def verify() -> Callable[..., bool]:
    found = re.search(r"<!-- verify -->\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    lines = found[1].split("def verify")[1].splitlines()
    assert len(lines) <= 10
    room: dict[str, Any] = {}
    exec(found[1], room)  # noqa: S102 - our own documentation
    check: Callable[..., bool] = room["verify"]
    return check


def test_the_documented_check_takes_what_is_ours_and_nothing_else(
    verify: Callable[..., bool],
) -> None:
    newest, previous, event_id = new_secret(), new_secret(), uuid4()
    headers = headers_for(SignatureProfile.STANDARD, event_id, now(), BODY, [newest, previous])
    for secret in (newest, previous):
        assert verify(headers, BODY, secret_text(secret), set())
    assert not verify(headers, BODY, secret_text(new_secret()), set())
    assert not verify(headers, BODY + b" ", secret_text(newest), set())
    assert not verify(headers, BODY, secret_text(newest), {str(event_id)})
    late = headers_for(
        SignatureProfile.STANDARD, event_id, now() - timedelta(seconds=302), BODY, [newest]
    )
    assert not verify(late, BODY, secret_text(newest), set())
