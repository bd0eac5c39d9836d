"""Statements are compiled when first used; here every one of a service is."""

import gc
import importlib

import pytest

from shared.database.statements import Statement
from shared.database.views import View


@pytest.mark.parametrize("service", ["cases", "funding", "referrals"])
def test_every_statement_of_a_service_compiles(service: str) -> None:
    importlib.import_module(f"services.{service}.main")
    importlib.import_module(f"services.{service}.worker")
    held = gc.get_objects()
    views = [one for one in held if isinstance(one, View)]
    statements = [one for one in held if isinstance(one, Statement)]
    assert len(views) >= 30
    assert len(statements) >= 30
    for view in views:
        assert view.one_statement.sql.startswith("with gate as materialized")
    for statement in statements:
        assert statement.sql
