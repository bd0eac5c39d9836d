"""Custom fields: what a case type asks beyond the common record, described by a JSON Schema.

A tenant writes the schema, so only words of JSON Schema that are cheap and local are taken: no
references to elsewhere, no regular expressions (one hostile pattern stops a process).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError

from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text

Schema = Mapping[str, Any]
WORDS: Final = frozenset(
    {
        "type", "title", "description", "properties", "required", "additionalProperties",
        "items", "enum", "const", "format", "default",
        "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
    }
)  # fmt: skip
FORMATS: Final = FormatChecker(("date", "email", "uuid"))
FAULTS_MAX: Final = 50

SENTENCES: Final[Mapping[str, Text]] = {
    "required": Text(de="Diese Angabe fehlt.", en="This field is missing."),
    "additionalProperties": Text(
        de="Diese Angabe sieht der Falltyp nicht vor.", en="The case type has no such field."
    ),
    "type": Text(de="Die Angabe hat die falsche Art.", en="The value is of the wrong type."),
    "enum": Text(
        de="Dieser Wert steht nicht zur Auswahl.", en="This value is not among the choices."
    ),
    "format": Text(
        de="Die Angabe hat nicht die verlangte Form.", en="The value lacks the required form."
    ),
}
OTHERWISE: Final = Text(
    de="Der Wert liegt außerhalb des Erlaubten.", en="The value lies outside what is allowed."
)


class SchemaUnacceptable(RuleViolated):
    code = "custom-fields-schema-unacceptable"
    title = Text(
        de="Die Beschreibung der Zusatzfelder ist kein zulässiges JSON-Schema.",
        en="The description of the custom fields is no acceptable JSON Schema.",
    )


class CustomFieldsRefused(RuleViolated):
    code = "custom-fields-refused"
    title = Text(
        de="Mindestens ein Zusatzfeld passt nicht zum Falltyp.",
        en="At least one custom field does not fit the case type.",
    )


def check_schema(schema: Schema) -> None:
    """Raises SchemaUnacceptable unless it describes an object that names all its fields."""
    foreign = sorted(_foreign_words(schema, "/fieldsSchema"))
    if foreign:
        faults = (FieldFault(pointer, "word-not-taken", OTHERWISE) for pointer in foreign)
        raise SchemaUnacceptable(faults=tuple(faults)[:FAULTS_MAX])
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as broken:
        pointer = _pointer("/fieldsSchema", broken.absolute_path)
        raise SchemaUnacceptable(
            faults=(FieldFault(pointer, "schema-invalid", SchemaUnacceptable.title),)
        ) from broken
    if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
        raise SchemaUnacceptable


def check_fields(schema: Schema, fields: Mapping[str, Any]) -> None:
    """Raises CustomFieldsRefused with a JSON pointer for each field; no fault repeats a value."""
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    faults = sorted(
        (fault for error in validator.iter_errors(fields) for fault in _faults(error)),
        key=lambda fault: (fault.pointer, fault.code),
    )
    if faults:
        raise CustomFieldsRefused(faults=tuple(faults[:FAULTS_MAX]))


def _faults(error: ValidationError) -> Iterator[FieldFault]:
    """One for each field: a missing or foreign member is named itself, not only its parent."""
    word = str(error.validator)
    sentence = SENTENCES.get(word, OTHERWISE)
    here = _pointer("/fields", error.absolute_path)
    known: Schema = error.schema if isinstance(error.schema, dict) else {}
    members: Iterable[str] = ()
    if word == "required":
        members = (name for name in error.validator_value if name not in error.instance)
    elif word == "additionalProperties":
        members = (name for name in error.instance if name not in known.get("properties", {}))
    named = [FieldFault(_pointer(here, (name,)), word, sentence) for name in members]
    yield from named or [FieldFault(here, word, sentence)]


def _pointer(start: str, path: Iterable[str | int]) -> str:
    return start + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _foreign_words(schema: object, pointer: str) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    for word, value in schema.items():
        here = _pointer(pointer, (str(word),))
        if word not in WORDS:
            yield here
        elif word == "properties" and isinstance(value, dict):
            for name, inner in value.items():
                yield from _foreign_words(inner, _pointer(here, (str(name),)))
        elif word in {"items", "additionalProperties"}:
            yield from _foreign_words(value, here)
