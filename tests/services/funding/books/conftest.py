"""Empty books of Warendorf, with an award on record whose lines they are kept for."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest

from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD


@pytest.fixture
async def books(
    funding_database: ServiceDatabase, client: httpx.AsyncClient
) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


@pytest.fixture
async def award(officer: Desk) -> Record:
    """Recorded and not granted, so that nothing but the test itself posts."""
    return await officer.create("/v1/awards", WARENDORF_AWARD)


@pytest.fixture
def line(award: Record) -> UUID:
    return UUID(award["lines"][4]["id"])


@pytest.fixture
def other_line(award: Record) -> UUID:
    return UUID(award["lines"][5]["id"])
