"""Columns of a file become fields of a line: what the mapping says, and nothing else."""

import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from dataclasses import field as of
from datetime import date
from typing import Any, Final, Self

from services.cases.domain.imports import ImportLocale
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.register_numbers import require_no_register
from shared.kernel.text import Text

FIELD_PATTERN: Final = r"^((client|member[1-9])\.)?[a-z][A-Za-z]{1,30}$"
MAPPING_NAME_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{0,59}$"
CASE_FIELDS: Final = frozenset(
    {"key", "state", "openedOn", "stateSince", "closedOn", "closingReason", "declineReason"}
    | {"pseudonym", "contact", "language", "municipalityAgs", "arrivalCohort", "otherBasis"}
    | {"otherBasisReason", "caseManager", "isNewCase"}
)
PERSON_FIELDS: Final = frozenset(
    {"familyName", "givenNames", "originalName", "birthDate", "gender", "nationalities"}
    | {"languages", "residenceGroup", "disputedFields"}
)
MEMBER_FIELDS: Final = PERSON_FIELDS | {"externalId", "role"}
DATES: Final = frozenset({"openedOn", "stateSince", "closedOn"})
LISTS: Final = frozenset({"nationalities", "languages", "disputedFields"})
NUMBERS: Final = frozenset({"key", "externalId"})
ONLY_BY_ROW: Final = NUMBERS | {"isNewCase"}
CLIENT: Final = "client"
GERMAN_DATE: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
GERMAN_MONTH: Final = re.compile(r"([0-9]{1,2})\.([0-9]{4})")
YEAR: Final = re.compile(r"[0-9]{4}")
ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNKNOWN_PART: Final = 0


class MappingUnfit(RuleViolated):
    code = "mapping-unfit"
    title = Text(
        de="Die Zuordnung braucht key, state und openedOn, kennt jedes Feld einmal und trennt nur "
        "Felder, die mehrere Werte haben.",
        en="A mapping needs key, state and openedOn, has each field once and separates only fields "
        "that take several values.",
    )


DATE_UNREADABLE: Final = Text(
    de="Das Datum hat nicht die Form, die für diese Übernahme angegeben ist.",
    en="The date does not have the form that was stated for this import.",
)
VALUE_UNMAPPED: Final = Text(
    de="Dieser Wert steht nicht in der Werteliste der Spalte.",
    en="This value is not in the column's list of values.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    column: str
    field: str
    values: MappingOf[str, str | None] = of(default_factory=dict)
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """Checked columns and constants. `fields_of` turns the cells of one row into a line."""

    columns: tuple[ColumnMapping, ...]
    constants: MappingOf[str, str]

    @classmethod
    def checked(cls, columns: tuple[ColumnMapping, ...], constants: MappingOf[str, str]) -> Self:
        """Raises MappingUnfit, and RegisterNumberRefused for a number of a register (H3)."""
        fields = [one.field for one in columns] + list(constants)
        unknown = [name for name in fields if not _is_known(name)]
        lists = [one for one in columns if one.separator and _leaf(one.field) not in LISTS]
        missing = {"key", "state", "openedOn"} - set(fields)
        is_key_fixed = any(_leaf(name) in ONLY_BY_ROW for name in constants)
        names = {one.column for one in columns}
        is_unclear = len(set(fields)) < len(fields) or len(names) < len(columns)
        if unknown or lists or missing or is_key_fixed or is_unclear:
            faults = sorted({*unknown, *missing, *(one.field for one in lists)})
            raise MappingUnfit(fields=faults)
        for one in columns:
            if _leaf(one.field) in NUMBERS:
                require_no_register(one.column)
        return cls(columns, constants)

    @classmethod
    def read(cls, stored: MappingOf[str, Any]) -> Self:
        """As `document` wrote it."""
        return cls(tuple(ColumnMapping(**one) for one in stored["columns"]), stored["constants"])

    def document(self) -> dict[str, Any]:
        return {
            "columns": [
                {
                    "column": one.column,
                    "field": one.field,
                    "values": dict(one.values),
                    "separator": one.separator,
                }
                for one in self.columns
            ],
            "constants": dict(self.constants),
        }

    def fields_of(
        self, cells: MappingOf[str, str], locale: ImportLocale
    ) -> tuple[dict[str, Any], tuple[FieldFault, ...]]:
        """The members of a line, and the cells that cannot be what they should.

        An empty cell is nothing; a person with no cell but constants is nobody.
        """
        told: dict[str, Any] = {}
        faults: list[FieldFault] = []
        for one in self.columns:
            cell = cells[one.column].strip()
            try:
                value = _value(one, cell, locale)
            except _Unreadable as unreadable:
                pointer = f"/{one.field.replace('.', '/')}"
                faults.append(FieldFault(pointer, unreadable.code, unreadable.message))
                continue
            if value is not None:
                told[one.field] = value
        return _line(told, self.constants), tuple(faults)

    def column_of(self, pointer: str) -> str | None:
        """The column that a pointer into the line speaks of."""
        groups = [CLIENT, *sorted({_group(c.field) for c in self.columns} - {"", CLIENT})]
        parts = pointer.strip("/").split("/")
        if parts[0] == "members" and len(parts) > 1 and parts[1].isdigit():
            index = int(parts[1])
            parts = [groups[index] if index < len(groups) else "", parts[-1]]
        name = ".".join(parts[:2])
        return next((one.column for one in self.columns if one.field == name), None)


class _Unreadable(Exception):
    def __init__(self, code: str, message: Text) -> None:
        self.code = code
        self.message = message
        super().__init__(code)


def _value(mapped: ColumnMapping, cell: str, locale: ImportLocale) -> Any:
    if mapped.separator and cell:
        parts = [part.strip() for part in cell.split(mapped.separator)]
        found = [_single(mapped, part, locale) for part in parts if part]
        return [one for one in found if one is not None]
    single = _single(mapped, cell, locale)
    return [single] if single is not None and _leaf(mapped.field) in LISTS else single


def _single(mapped: ColumnMapping, cell: str, locale: ImportLocale) -> str | None:
    if cell in mapped.values:
        return mapped.values[cell]
    if not cell:
        return None
    if mapped.values:
        raise _Unreadable("value-unmapped", VALUE_UNMAPPED)
    leaf = _leaf(mapped.field)
    if leaf in DATES:
        return _date(cell, locale)
    return _birth_date(cell, locale) if leaf == "birthDate" else cell


def _date(cell: str, locale: ImportLocale) -> str:
    if locale is ImportLocale.ISO:
        if ISO_DATE.fullmatch(cell):
            return cell
    elif found := GERMAN_DATE.fullmatch(cell):
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    raise _Unreadable("date-unreadable", DATE_UNREADABLE)


def _birth_date(cell: str, locale: ImportLocale) -> str:
    """As exact as it is written; registers write an unknown day or month as 00."""
    if locale is ImportLocale.ISO or YEAR.fullmatch(cell):
        return cell
    if month := GERMAN_MONTH.fullmatch(cell):
        return f"{month[2]}-{int(month[1]):02d}"
    if found := GERMAN_DATE.fullmatch(cell):
        day, month_number, year = (int(part) for part in found.groups())
        if day == UNKNOWN_PART:
            return f"{year:04d}" + (f"-{month_number:02d}" if month_number else "")
    return _date(cell, locale)


def _line(told: dict[str, Any], constants: MappingOf[str, str]) -> dict[str, Any]:
    line = {name: value for name, value in {**constants, **told}.items() if not _group(name)}
    members = []
    for group in [CLIENT, *sorted({_group(name) for name in told} - {"", CLIENT})]:
        own = {_leaf(name): value for name, value in told.items() if _group(name) == group}
        if not own:
            continue
        fixed = {_leaf(name): value for name, value in constants.items() if _group(name) == group}
        members.append(_member(group, fixed | own))
    return line | ({"members": members} if members else {})


def _member(group: str, own: dict[str, Any]) -> dict[str, Any]:
    member: dict[str, Any] = {"role": "CLIENT"} if group == CLIENT else {}
    person: dict[str, Any] = {}
    for name, value in own.items():
        is_list = name in LISTS and not isinstance(value, list)
        (person if name in PERSON_FIELDS else member)[name] = [value] if is_list else value
    return member | {"person": person}


def _is_known(name: str) -> bool:
    return _leaf(name) in MEMBER_FIELDS if _group(name) else name in CASE_FIELDS


def _group(name: str) -> str:
    return name.rpartition(".")[0]


def _leaf(name: str) -> str:
    return name.rpartition(".")[2]
