"""The invented people and systems of `personas.yaml`, checked on reading."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Role = Literal[
    "case_manager",
    "team_lead",
    "coordinator",
    "funding_officer",
    "funding_approver",
    "unit_head",
    "b3_officer",
    "partner",
    "integrator",
    "dpo",
    "auditor",
    "admin",
]
ID_PATTERN = r"^[a-z0-9][a-z0-9-]{1,62}$"
TENANT_PATTERN = r"^05[0-9]{3}$"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonEntry(_Entry):
    id: str = Field(pattern=ID_PATTERN)
    name: str
    roles: list[Role]


class SystemEntry(PersonEntry):
    secret: str


class UnitEntry(_Entry):
    type: str
    name: str
    people: list[PersonEntry] = []
    systems: list[SystemEntry] = []


class TenantEntry(_Entry):
    name: str
    units: dict[str, UnitEntry]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """The unit and tenant for which somebody acts."""

    tenant: str
    tenant_name: str
    unit: str
    unit_type: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Persona:
    """A person (signs in with a browser) or a system (has a secret)."""

    id: str
    name: str
    roles: tuple[str, ...]
    affiliation: Affiliation
    secret: str = ""

    @property
    def is_system(self) -> bool:
        return bool(self.secret)

    def get_user_id(self) -> str:
        """The subject, under the name that Authlib asks for."""
        return self.id

    def claims(self) -> dict[str, Any]:
        """What an access token says beside the registered claims; no name."""
        return {
            "tenant": self.affiliation.tenant,
            "org_unit": self.affiliation.unit,
            "org_unit_type": self.affiliation.unit_type,
            "roles": list(self.roles),
        }


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody who may ask this issuer for a token."""

    people: dict[str, Persona]
    systems: dict[str, Persona]


def read_directory(path: Path) -> Directory:
    """Raises pydantic's ValidationError for a bad entry, ValueError for an id that occurs twice."""
    people: dict[str, Persona] = {}
    systems: dict[str, Persona] = {}
    for tenant, entry in yaml.safe_load(path.read_text()).items():
        if not re.fullmatch(TENANT_PATTERN, tenant):
            raise ValueError(f"{tenant!r} is not the key of a Kreis in North Rhine-Westphalia.")
        area = TenantEntry.model_validate(entry)
        for unit_id, unit in area.units.items():
            if not re.fullmatch(ID_PATTERN, unit_id):
                raise ValueError(f"{unit_id!r} is not the id of a unit.")
            place = Affiliation(tenant, area.name, unit_id, unit.type, unit.name)
            for person in [*unit.people, *unit.systems]:
                if person.id in people or person.id in systems:
                    raise ValueError(f"{person.id!r} occurs twice.")
                secret = person.secret if isinstance(person, SystemEntry) else ""
                persona = Persona(person.id, person.name, tuple(person.roles), place, secret)
                (systems if secret else people)[person.id] = persona
    return Directory(people, systems)
