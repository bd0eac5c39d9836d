"""A cursor leads back to its place, whatever the list is sorted by."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Date, DateTime, Integer, String
from sqlmodel import AutoString

from shared.database.cursors import CursorUnreadable, read_cursor, write_cursor


@pytest.mark.parametrize(
    ("key", "kind", "value"),
    [
        ("waf-cm", AutoString(length=63), "waf-cm"),
        ("waf-cm", String(63), "waf-cm"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", AutoString(), None),
        ("\u200bStelle", AutoString(), None),
        ("7", Integer(), 7),
        ("2026-11-22", Date(), date(2026, 11, 22)),
        ("2026-11-22T10:00:00+00:00", DateTime(), datetime(2026, 11, 22, 10, tzinfo=UTC)),
    ],
)
def test_a_key_comes_back_in_the_type_of_its_column(key: str, kind: Any, value: Any) -> None:
    record_id = uuid4()
    assert read_cursor(write_cursor(key, record_id), kind) == (value or key, record_id)


@pytest.mark.parametrize("key", ["a\x00b", "\x00"])
def test_what_the_database_cannot_read_is_no_cursor(key: str) -> None:
    with pytest.raises(CursorUnreadable):
        read_cursor(write_cursor(key, uuid4()), AutoString())
