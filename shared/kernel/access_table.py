"""What may be read and done by whom, as one table for each service.

Doors ask `rights`, operations `acts`, the explanations of a record `fields`, the documents all of
it; where policies of the database say the same in SQL, tests execute every cell of `reaches` and
`deposits` against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.kernel.access_acts import Act, Deposit
from shared.kernel.access_relations import RELATION_WORDS, Relation, Wall
from shared.kernel.access_rules import AccessRule
from shared.kernel.text import Text

__all__ = ["RELATION_WORDS", "ROLE_WORDS", "AccessTable", "Reach", "Relation", "Wall"]
ROLE_WORDS: Final[Mapping[str, Text]] = {
    "case_manager": Text(de="Case Management", en="case manager"),
    "team_lead": Text(de="Teamleitung (Fachaufsicht)", en="team lead"),
    "coordinator": Text(de="Koordination", en="coordinator"),
    "funding_officer": Text(de="Förderung, Sachbearbeitung", en="funding officer"),
    "funding_approver": Text(de="Förderung, Freigabe", en="funding approver"),
    "unit_head": Text(de="Leitung der Stelle", en="unit head"),
    "b3_officer": Text(de="Baustein 3 (ABH, EBH)", en="B3 officer"),
    "partner": Text(de="System einer Partnerstelle", en="partner's system"),
    "integrator": Text(de="Fachverfahren der Stelle", en="unit's own system"),
    "dpo": Text(de="Datenschutz", en="data protection officer"),
    "auditor": Text(de="Rechnungsprüfung", en="auditor"),
    "admin": Text(de="Administration", en="administrator"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """To which records reading reaches: for each role, the relations that open this kind.

    A relation that is not named opens nothing, nor does a role.
    """

    kind: str
    text: Text
    basis: Text
    wall: Wall
    readers: Mapping[str, frozenset[Relation]]
    confidentiality: str = ""

    def opens(self, role: str, relation: Relation) -> bool:
        return relation in self.readers.get(role, frozenset())

    def database_shows(self, role: str, relation: Relation) -> bool:
        """What the policy of the table alone says."""
        if self.wall is Wall.ROLE_AND_RELATION:
            return self.opens(role, relation)
        return any(relation in relations for relations in self.readers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTable:
    """Of one service. `rights` is role × action, `reaches` role × confidentiality × relation,
    `acts` and `deposits` the same for changes, `fields` the members that are shown or hidden.
    """

    service: str
    text: Text
    rights: Mapping[Any, frozenset[Any]]
    words: Mapping[Any, Text]
    reaches: tuple[Reach, ...]
    fields: Mapping[str, tuple[AccessRule[Any], ...]]
    acts: tuple[Act, ...]
    deposits: tuple[Deposit, ...]

    def __post_init__(self) -> None:
        given = {right for rights in self.rights.values() for right in rights}
        unsaid = given - set(self.words) | (set(self.rights) ^ set(ROLE_WORDS))
        if unsaid:
            raise AssertionError(f"no words for {sorted(unsaid)}")
        for act in self.acts:
            if strange := {one for one in act.doers if act.right not in self.rights[one]}:
                raise AssertionError(f"{act.name}: no door lets in {sorted(strange)}")
