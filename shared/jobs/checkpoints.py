"""How far a job is, and under which keys what is made of it lies in the store."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shared.kernel.caller import Caller

FOLDER: Final = "exports"
KEY_PARTS: Final = 7  # folder, service, tenant, unit, job, lease, part


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`after` is the cursor of the next page, `is_read` says that there is none. `written` are the
    parts of the file in their order: how many each lease wrote.

    Each lease writes under keys of its own: a worker that was believed dead overwrites nothing.
    """

    after: str | None = None
    is_read: bool = False
    written: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, document: dict[str, Any]) -> "Checkpoint":
        if not document:
            return cls()
        written = tuple((lease, count) for lease, count in document["written"])
        return cls(document["after"], document["isRead"], written)

    def document(self) -> dict[str, Any]:
        return {"after": self.after, "isRead": self.is_read, "written": self.written}

    def next_part(self, lease_id: UUID) -> int:
        """The number of the part that this lease writes next."""
        lease, count = self.written[-1] if self.written else ("", 0)
        return count + 1 if lease == str(lease_id) else 1

    def behind(self, lease_id: UUID, after: str | None) -> "Checkpoint":
        """The checkpoint behind one more part; `after` is the cursor of the page behind it."""
        part = self.next_part(lease_id)
        before = self.written[:-1] if part > 1 else self.written
        return Checkpoint(after, after is None, (*before, (str(lease_id), part)))

    def parts(self) -> Iterator[tuple[str, int]]:
        """Each part of the file: its lease and its number."""
        for lease, count in self.written:
            for part in range(1, count + 1):
                yield lease, part


def folder_of_service(service: str) -> str:
    """Several services may use one store; each looks after its own jobs."""
    return f"{FOLDER}/{service}"


def folder_of(service: str, caller: Caller, job_id: UUID) -> str:
    return f"{folder_of_service(service)}/{caller.tenant_id}/{caller.unit_id}/{job_id}"


def part_key(folder: str, lease: str | UUID, part: int) -> str:
    return f"{folder}/{lease}/{part:06}"


def result_key(folder: str, lease: UUID) -> str:
    return f"{folder}/{lease}/result"


def job_of_key(key: str) -> UUID | None:
    """The job that an object belongs to; None for objects that are not ours."""
    parts = key.split("/")
    if len(parts) != KEY_PARTS or parts[0] != FOLDER:
        return None
    try:
        return UUID(parts[4])
    except ValueError:
        return None
