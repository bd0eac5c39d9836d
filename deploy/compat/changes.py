"""What a comparison finds: a change of a contract that somebody who relies on it would notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """`key` names it for good: contract, place and kind, as CHANGELOG.md repeats them.

    Breaking: a client that kept to the contract fails. Dangerous otherwise: one fails that expects
    nothing but what it knew, as a value more in a list of codes.
    """

    contract: str
    place: str
    kind: str
    text: str = ""
    is_breaking: bool = True

    @property
    def key(self) -> str:
        return ":".join(part for part in (self.contract, self.place, self.kind) if part)


class Found:
    """Changes in the order of their keys, each once however many operations show it."""

    def __init__(self, contract: str) -> None:
        self.contract = contract
        self._changes: dict[str, Change] = {}

    def breaking(self, place: str, kind: str, text: str) -> None:
        self._add(Change(self.contract, place, kind, text))

    def dangerous(self, place: str, kind: str, text: str) -> None:
        self._add(Change(self.contract, place, kind, text, is_breaking=False))

    def _add(self, change: Change) -> None:
        self._changes.setdefault(change.key, change)

    @property
    def changes(self) -> list[Change]:
        return sorted(self._changes.values())

    @property
    def is_broken(self) -> bool:
        return any(change.is_breaking for change in self._changes.values())
