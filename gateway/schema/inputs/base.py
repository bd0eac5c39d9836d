"""What every input has, and how it becomes the body of a service's request."""

import re
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import strawberry
from strawberry import UNSET

from gateway.schema.node import record_id
from gateway.schema.published import both
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text, camel

NO_RECORD = UUID(int=0)
# Ids that are text: the key of a unit.
TEXT_KEYS = frozenset({"unit_id"})
# It travels as a header.
KEY_FORM = re.compile(r"[\x21-\x7e]{1,200}")


CODE_FORM = re.compile(r"[A-Za-z0-9_-]{1,60}")
CODES_MAX = 20


class CodesUnreadable(RuleViolated):
    code = "warning-codes-unreadable"
    title = Text(
        de="`confirmWarnings` nennt höchstens 20 Codes von Warnungen.",
        en="`confirmWarnings` names 20 codes of warnings at most.",
    )

    def __init__(self) -> None:
        super().__init__(faults=(FieldFault("/confirmWarnings", self.code, self.title),))


class KeyUnreadable(RuleViolated):
    code = "mutation-key-unreadable"
    title = Text(
        de="Der Schlüssel besteht aus 1 bis 200 druckbaren ASCII-Zeichen.",
        en="The key is 1 to 200 printable ASCII characters.",
    )

    def __init__(self) -> None:
        super().__init__(faults=(FieldFault("/idempotencyKey", self.code, self.title),))


def needed(en: str, de: str) -> Any:
    """A member that has to be given."""
    return strawberry.field(description=both(en, de))


def given(en: str, de: str) -> Any:
    """A member that may be left out; what is left out is not sent on."""
    return strawberry.field(default=UNSET, description=both(en, de))


@strawberry.input
class Command:
    """Base of the input of a mutation."""

    idempotency_key: str | None = given(
        "Key of this change: sent again, it gives the same answer and changes nothing more.",
        "Schlüssel dieser Änderung: noch einmal gesendet, gibt es dieselbe Antwort und keine"
        " zweite Änderung.",
    )

    confirm_warnings: list[str] | None = given(
        "Codes of warnings that the user has confirmed. When it is given, even empty, a change with"
        " any other warning stores nothing and answers `WarningsError`; without it, the change is"
        " made and its warnings stand beside it.",
        "Codes der Warnungen, die bestätigt sind. Ist es angegeben, auch leer, speichert eine"
        " Änderung mit einer anderen Warnung nichts und antwortet mit `WarningsError`; ohne es wird"
        " sie gemacht, und die Warnungen stehen daneben.",
    )

    @property
    def confirmed(self) -> Sequence[str] | None:
        """None where warnings stop nothing. Raises CodesUnreadable."""
        if self.confirm_warnings is UNSET or self.confirm_warnings is None:
            return None
        codes = self.confirm_warnings
        if len(codes) > CODES_MAX or not all(CODE_FORM.fullmatch(code) for code in codes):
            raise CodesUnreadable
        return codes

    @property
    def key(self) -> str:
        """The client's own key, or one for this request alone. Raises KeyUnreadable."""
        if not self.idempotency_key:
            return str(uuid4())
        if not KEY_FORM.fullmatch(self.idempotency_key):
            raise KeyUnreadable
        return self.idempotency_key


@strawberry.input
class Change(Command):
    """Base of the input of a mutation that changes a record the caller has seen."""

    expected_version: int = needed(
        "Version of the record that the caller has seen.",
        "Fassung des Datensatzes, die der anfragenden Person vorlag.",
    )


INPUT = strawberry.argument(
    name="input", description=both("What the change needs.", "Was die Änderung braucht.")
)


# Said in the path or in headers, never in the body.
NOT_IN_BODY = frozenset({"idempotency_key", "confirm_warnings", "expected_version", "action"})


def body_of(command: object, *in_path: str) -> dict[str, Any]:
    """The members as JSON; `in_path` names those that the path of the request says already."""
    return _members(command, NOT_IN_BODY | set(in_path))


def _members(one: object, left_out: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    return {
        camel(member.name): _value(value)
        for member in fields(one)  # type: ignore[arg-type] # inputs are dataclasses
        if member.name not in left_out and (value := getattr(one, member.name)) is not UNSET
    }


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_value(item) for item in value]
    if hasattr(type(value), "__strawberry_definition__"):
        return _members(value)
    return value


def in_path(given: strawberry.ID) -> UUID:
    """The id for the path of a request.

    What is no UUID can name no record: the nil UUID stands for it, and the service answers that
    there is none.
    """
    return record_id(given) or NO_RECORD
