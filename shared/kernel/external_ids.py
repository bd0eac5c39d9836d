"""The numbers by which other systems know our records."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from shared.kernel.errors import Stale
from shared.kernel.register_numbers import require_no_register, require_no_register_number
from shared.kernel.text import Text

SYSTEM_PATTERN: Final = r"^[a-z][a-z0-9-]{1,39}$"
VALUE_LENGTH_MAX: Final = 80


class Delivered(StrEnum):
    """What became of a record that another system put here."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class ExternalIdExists(Stale):
    code = "external-id-exists"
    title = Text(
        de="Zu dieser Kennung gibt es schon einen Datensatz.",
        en="There is a record with this external id already.",
    )


@dataclass(frozen=True, slots=True)
class ExternalId:
    """The number of a record in another system; unique for each kind, unit and system."""

    system: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """`system/value`, as a filter names it. Raises ValueError."""
        system, _, value = text.partition("/")
        if not re.fullmatch(SYSTEM_PATTERN, system) or not 0 < len(value) <= VALUE_LENGTH_MAX:
            raise ValueError(text)
        return cls(system, value)

    @property
    def digest(self) -> bytes:
        """What it is found by, also when the number itself is forgotten."""
        return hashlib.sha256(f"{self.system}/{self.value}".encode()).digest()


@dataclass(frozen=True, slots=True)
class PersonalExternalId(ExternalId):
    """The number of a record that tells of a person: never a register's (H3).

    Raises RegisterNumberRefused.
    """

    def __post_init__(self) -> None:
        require_no_register(self.system)
        require_no_register_number(self.value)
