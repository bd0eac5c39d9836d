"""The write side of the tables of access: which changes somebody may make of which record.

Operations ask an `Act` before they write, reads list what it permits, the documents show it. Below
stands what the database itself lets a role write: `Deposit`, executed cell by cell by tests.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from shared.kernel.access_relations import Relation, Wall
from shared.kernel.caller import Caller
from shared.kernel.errors import NotPermitted, Refusal
from shared.kernel.text import Text

Doers = Mapping[str, frozenset[Relation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One change of one kind of record: for each role the relations that permit it, behind the
    door of `right`.

    A role or relation that is not named permits nothing. Whoever has a `barred` relation may not,
    whatever else they are: the second and third person of a decision.
    """

    name: str
    kind: str
    right: Any
    text: Text
    basis: Text
    doers: Doers
    barred: frozenset[Relation] = frozenset()
    confidentiality: str = ""

    def permits(self, roles: Collection[str], relations: Collection[Relation]) -> bool:
        if not self.barred.isdisjoint(relations):
            return False
        opened = (self.doers[role] for role in roles if role in self.doers)
        return any(not one.isdisjoint(relations) for one in opened)

    def fits(self, relations: Collection[Relation]) -> bool:
        """Whether somebody of a right role might, for guards that ask roles apart."""
        return self.permits(self.doers.keys(), relations)

    def require(
        self,
        caller: Caller,
        relations: Collection[Relation],
        refusal: type[Refusal] = NotPermitted,
    ) -> None:
        """Raises `refusal`."""
        if not self.permits(caller.roles, relations):
            raise refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Rows of these tables: who may put them there, change them or take them away, as far as the
    privileges of the application reach. `kinds` are tables.
    """

    kinds: tuple[str, ...]
    text: Text
    rights: tuple[Any, ...]
    """The rights whose doors lead here."""
    wall: Wall
    writers: Doers

    def database_takes(self, role: str, relation: Relation) -> bool:
        """What the policies of the tables alone say."""
        if self.wall is Wall.ROLE_AND_RELATION:
            return relation in self.writers.get(role, frozenset())
        return any(relation in relations for relations in self.writers.values())


def relations_to(
    caller: Caller, holders: Mapping[Relation, str | None], unit_id: str | None = None
) -> frozenset[Relation]:
    """What the caller has to do with a record, from who holds which relation to it.

    `unit_id` is the unit of the record, where it may be another one than the caller's.
    """
    side = Relation.UNIT if unit_id in {None, caller.unit_id} else Relation.OTHER_UNIT
    return relations_of(caller.actor, holders) - {Relation.UNIT} | {side}


def relations_of(actor: str, holders: Mapping[Relation, str | None]) -> frozenset[Relation]:
    """The same for guards, which know who acts and no more of them."""
    return frozenset({Relation.UNIT} | {one for one, who in holders.items() if who == actor})
