"""The case service as its own tests have it."""

from tests.services.cases.conftest import (
    anna,
    app,
    bernd,
    case,
    cases_database,
    client,
    documents_folder,
    signed_in,
)

__all__ = [
    "anna",
    "app",
    "bernd",
    "case",
    "cases_database",
    "client",
    "documents_folder",
    "signed_in",
]
