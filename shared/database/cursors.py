"""Cursors of keyset pages: opaque outside, the sort key and id of the last row inside."""

import base64
import binascii
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.types import TypeEngine

from shared.kernel.errors import Malformed
from shared.kernel.text import Text

CURSOR_PATTERN = r"^[A-Za-z0-9_-]{1,512}$"


class CursorUnreadable(Malformed):
    code = "cursor-unreadable"
    title = Text(de="Der Cursor ist nicht lesbar.", en="The cursor cannot be read.")


def write_cursor(key: str, record_id: UUID) -> str:
    raw = orjson.dumps([key, str(record_id)])
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read_cursor(cursor: str, kind: TypeEngine[Any]) -> tuple[Any, UUID]:
    """The key, in the type of the sort column, and the id. Raises CursorUnreadable."""
    try:
        padded = (cursor + "=" * (-len(cursor) % 4)).encode("ascii")
        key, record_id = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        return _typed(key, kind), UUID(record_id)
    except (ValueError, TypeError, AttributeError, binascii.Error) as unreadable:
        raise CursorUnreadable from unreadable


def _typed(key: object, kind: TypeEngine[Any]) -> Any:
    # Names hold joiners, too; only what PostgreSQL cannot read is no key.
    if not isinstance(key, str) or "\x00" in key:
        raise ValueError(key)
    # A column of SQLModel wraps its type; only the type inside knows what it is in Python.
    python = getattr(kind, "impl_instance", kind).python_type
    if issubclass(python, date):
        return python.fromisoformat(key)
    return python(key)
