"""The funding service as its own tests have it."""

from tests.services.funding.conftest import (
    approver,
    client,
    desk_of,
    empty_tables,
    funding_app,
    funding_database,
    officer,
)

__all__ = [
    "approver",
    "client",
    "desk_of",
    "empty_tables",
    "funding_app",
    "funding_database",
    "officer",
]
