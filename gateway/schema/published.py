"""Types whose fields are the members of a service's JSON document, under the same names.

The document is kept as it came; a field reads its member when a client asks for it. What a
service publishes in camelCase is written here in snake_case, as everywhere in Python.
"""

from functools import lru_cache
from typing import Any, Self

import strawberry

from gateway.clients.conversation import Record
from gateway.transport.origins import REQUEST
from shared.kernel.text import camel

__all__ = ["REQUEST", "Published", "both", "code", "field", "member", "record_of"]

_outside = lru_cache(maxsize=4096)(camel)


class Published:
    """Base of such a type; made by `from_record` only."""

    record: Record

    @classmethod
    def from_record(cls, record: Record) -> Self:
        made = object.__new__(cls)
        made.record = record
        return made

    @classmethod
    def from_optional(cls, record: Record | None) -> Self | None:
        return None if record is None else cls.from_record(record)


def record_of(source: Any) -> Record:
    """The document behind `self` of a resolver; a part of a document is handed in as it is."""
    return source if isinstance(source, dict) else source.record


def member(source: Any, name: str) -> Any:
    """The value of a field without a resolver: a member of a document, or an attribute."""
    if isinstance(source, Published):
        return source.record.get(_outside(name))
    if isinstance(source, dict):
        return source.get(_outside(name))
    return getattr(source, name)


def field(en: str, de: str) -> Any:
    """A field with its description in both languages."""
    return strawberry.field(description=both(en, de))


def both(en: str, de: str) -> str:
    """A description as it stands in the schema: English, then German."""
    return f"{en} / {de}"


def code(value: str, en: str, de: str) -> Any:
    """One value of an enum under the service's own code, labelled in both languages."""
    return strawberry.enum_value(value, description=f"{en} / {de}")
