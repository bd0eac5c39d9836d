"""One row of an import, from its JSON or from cells, as the desk takes it or as refused."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from services.cases.api.schemas.deliveries import CaseImportLine
from services.cases.operations.import_rows import ImportRow, RefusedRow
from shared.kernel.errors import FieldFault
from shared.kernel.text import Text

FAULTS_MAX = 20
UNREADABLE = Text(
    de="Die Zeile ist nicht lesbar oder ein Feld hat nicht die verlangte Form.",
    en="The line cannot be read, or a field does not have the required form.",
)


def line_schema() -> dict[str, Any]:
    """The published schema of one line; what it refers to stands among the other components."""
    schema = CaseImportLine.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs")
    return schema


def read_lines(body: bytes) -> list[ImportRow | RefusedRow]:
    """Every line that is not empty, read or refused; lines count from 1."""
    return [
        read_line(number, line)
        for number, line in enumerate(body.split(b"\n"), start=1)
        if line.strip()
    ]


def read_line(number: int, line: bytes) -> ImportRow | RefusedRow:
    try:
        return CaseImportLine.model_validate_json(line).row(number)
    except ValidationError as broken:
        return _refused(number, broken)


def read_fields(number: int, fields: Mapping[str, Any]) -> ImportRow | RefusedRow:
    """A row whose cells have become the members of a line."""
    try:
        return CaseImportLine.model_validate(fields).row(number)
    except ValidationError as broken:
        return _refused(number, broken)


def _refused(number: int, broken: ValidationError) -> RefusedRow:
    faults = tuple(
        FieldFault(
            "".join(f"/{part}" for part in error["loc"] if str(part).isalnum()),
            error["type"].replace("_", "-"),
            UNREADABLE,
        )
        for error in broken.errors(include_input=False, include_url=False)[:FAULTS_MAX]
    )
    return RefusedRow(line=number, key=None, faults=faults)
