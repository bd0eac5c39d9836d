"""A referral service that gives out links, its sender, and a referral it has sent."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from services.referrals.main import create_app
from services.referrals.settings import Settings
from tests.apis import running
from tests.services.referrals.desk import Desk
from tests.services.referrals.links.browsers import LINK_KEY, PUBLIC_URL, Browser
from tests.services.referrals.papers import referral


@pytest.fixture(scope="module")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    more = {"link_key": SecretStr(LINK_KEY), "public_url": PUBLIC_URL}
    found = create_app(settings.model_copy(update=more))
    async with running(found):
        yield found


@pytest.fixture
async def sender(app: FastAPI, directory: None, token_for: Callable[[str], str]) -> Desk:
    return Desk(Browser(app).http, token_for("waf-jobcenter-system"))


@pytest.fixture
async def sent(sender: Desk, subject: str) -> dict[str, Any]:
    answer = await sender.post("/v1/referrals", referral(subject))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found
