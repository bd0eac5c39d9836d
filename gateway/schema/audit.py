"""The audit logs of the services, for data protection officers and auditors."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import orjson
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
)
from strawberry import Schema

from gateway.schema.filters import by
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import DateTime, Json
from gateway.schema.texts import BothLanguages
from shared.kernel.text import camel


@strawberry.type(
    description=both("One changed field of a record.", "Ein geändertes Feld eines Datensatzes.")
)
class FieldDifference:
    name: str = field("Name of the field.", "Name des Feldes.")
    display_name: BothLanguages = field("Its name for people.", "Sein Name für Menschen.")
    is_value_kept: bool = field(
        "Whether the log keeps values of it.", "Ob das Protokoll Werte davon bewahrt."
    )
    old: str | None = field("Value before, where kept.", "Wert davor, wenn bewahrt.")
    new: str | None = field("Value after, where kept.", "Wert danach, wenn bewahrt.")
    old_label: BothLanguages | None = field(
        "What the code before means.", "Was der Schlüssel davor bedeutet."
    )
    new_label: BothLanguages | None = field(
        "What the code after means.", "Was der Schlüssel danach bedeutet."
    )


def differences_of(schema: Schema, kind: str, changes: Mapping[str, Any]) -> list[FieldDifference]:
    """`from` and `to` are the state, `values` what the database saw change, `fields` names without
    values; the rest came to be.
    """
    left = dict(changes)
    found = []
    if "to" in left:
        old, new = left.pop("from", None), left.pop("to")
        found.append(_difference(schema, kind, "state", _text(old), _text(new)))
    found += [
        _difference(schema, kind, name, _text(old), _text(new))
        for name, (old, new) in left.pop("values", {}).items()
    ]
    found += [
        _difference(schema, kind, str(name), None, None, is_value_kept=False)
        for name in left.pop("fields", ())
    ]
    found += [_difference(schema, kind, name, None, _text(one)) for name, one in left.items()]
    return found


def _difference(
    schema: Schema,
    kind: str,
    name: str,
    old: str | None,
    new: str | None,
    *,
    is_value_kept: bool = True,
) -> FieldDifference:
    known = _field(schema, kind, camel(name))
    said = _said(known.description if known else None) or {"de": camel(name), "en": camel(name)}
    return FieldDifference(
        name=camel(name),
        display_name=BothLanguages.from_record(said),
        is_value_kept=is_value_kept,
        old=old,
        new=new,
        old_label=_meaning(known, old),
        new_label=_meaning(known, new),
    )


def _field(schema: Schema, kind: str, name: str) -> GraphQLField | None:
    """The field of the type that the record has in the schema; None where no type has it."""
    published = "".join(part.capitalize() for part in re.split("[-_]", kind))
    found = schema._schema.type_map.get(published)  # noqa: SLF001 - no public way to its fields
    return found.fields.get(name) if isinstance(found, GraphQLObjectType) else None


def _meaning(known: GraphQLField | None, value: str | None) -> BothLanguages | None:
    """As the enum of the field describes the code; None for what is no code."""
    kind = get_named_type(known.type) if known and value is not None else None
    if not isinstance(kind, GraphQLEnumType):
        return None
    codes = kind.values.values()
    text = next((one.description for one in codes if _code_of(one) == value), None)
    said = _said(text)
    return None if said is None else BothLanguages.from_record(said)


def _code_of(one: GraphQLEnumValue) -> object:
    return getattr(one.value, "value", one.value)


def _said(text: str | None) -> dict[str, str] | None:
    english, _, german = (text or "").partition(" / ")
    return {"de": german.rstrip("."), "en": english.rstrip(".")} if german else None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


@strawberry.type(
    description=both("Who did what with which records.", "Wer was mit welchen Datensätzen tat.")
)
class AuditEntry(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    at: DateTime = field("Instant.", "Zeitpunkt.")
    actor: str = field(
        "Issuer and subject of who did it.", "Aussteller und Kennung der handelnden Person."
    )
    unit_id: str = field("Unit of who did it.", "Stelle der handelnden Person.")
    client_id: str = field("The program that was used.", "Das benutzte Programm.")
    action: str = field("What was done, for example read.", "Was getan wurde, zum Beispiel read.")
    record_kind: str = field("Kind of the records.", "Art der Datensätze.")
    record_ids: list[strawberry.ID] = field("UUIDs of the records.", "UUIDs der Datensätze.")
    purpose: str = field("Purpose that was named.", "Genannter Zweck.")
    request_id: str = field("Id of the request.", "Kennung der Anfrage.")
    reason: str = field("Reason that was named.", "Genannter Grund.")
    end_user: str = field(
        "Account for whom a machine says that it acted; empty: for itself.",
        "Konto, für das ein Programm nach eigener Angabe handelte; leer: für sich selbst.",
    )
    changes: Json | None = field(
        "What changed, in codes only.", "Was sich änderte, nur in Schlüsseln."
    )
    members: list[str] | None = field(
        "Of a read: the members that were shown; null: the whole record.",
        "Bei Lesezugriffen: die gezeigten Angaben; null: der ganze Datensatz.",
    )

    @strawberry.field(
        description=both(
            "What changed, readable, field by field. The log keeps codes, numbers and ids; of what"
            " people wrote, it keeps only that it was changed.",
            "Was sich änderte, lesbar, Feld für Feld. Das Protokoll bewahrt Codes, Zahlen und"
            " Kennungen; von dem, was Menschen schrieben, nur, dass es geändert wurde.",
        )
    )
    def differences(self) -> list[FieldDifference]:
        known = record_of(self)
        # Not imported above: the schema is made of this module.
        schema: Schema = import_module("gateway.schema").schema
        return differences_of(schema, known["recordKind"], known["changes"] or {})


@strawberry.input(description=both("Which entries.", "Welche Einträge."))
class AuditFilter:
    at_gte: DateTime | None = by("At or after this instant.", "Ab diesem Zeitpunkt.")
    at_lt: DateTime | None = by("Before this instant.", "Vor diesem Zeitpunkt.")
    actor: str | None = by("By this person or machine.", "Von dieser Person oder Maschine.")
    action: str | None = by("Of this action.", "Zu dieser Aktion.")
    record_id: strawberry.ID | None = by(
        "About this record: its history.", "Zu diesem Datensatz: seine Geschichte."
    )
