from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import pytest

from shared.database.connection import Database, open_database
from shared.kernel.caller import Caller
from tests.engines import ServiceDatabase

# The technical tables of the case service stand for those of every service: same mixins, same
# policies.


@pytest.fixture
async def app(database: Callable[[str], ServiceDatabase]) -> AsyncIterator[Database]:
    """The application role's database, four connections."""
    dsn = database("cases").app_dsn
    opened = await open_database(dsn, application="tests", connections_max=4)
    yield opened
    await opened.close()


@pytest.fixture
async def one_connection(
    database: Callable[[str], ServiceDatabase],
) -> AsyncIterator[Database]:
    dsn = database("cases").app_dsn
    opened = await open_database(dsn, application="tests", connections_max=1)
    yield opened
    await opened.close()


def caller(tenant_id: str = "05570", unit_id: str = "waf-cm", subject: str = "") -> Caller:
    return Caller(
        tenant_id=tenant_id,
        unit_id=unit_id,
        unit_type="CM_TEAM",
        issuer="urn:test",
        subject=subject or uuid4().hex,
        roles=frozenset({"case_manager"}),
    )


@pytest.fixture
def warendorf() -> Caller:
    return caller()


@pytest.fixture
def steinfurt() -> Caller:
    return caller(tenant_id="05566", unit_id="st-ki")
