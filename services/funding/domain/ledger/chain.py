"""The chain of hashes that proves a book: computed when posting, checked by whoever reads.

SHA-256 over UTF-8 text, one chain for each tenant and book; the first entry continues 32 zero
bytes. The database computes the same once more and refuses what differs. No key is involved, so
anyone can check an export; closed months carry a keyed seal besides.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

FORM: Final = "kim-ledger-1"
ORIGIN: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class LinkPosting:
    ordinal: int
    account: str
    amount_cents: int
    position_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry with everything that its hash covers."""

    tenant_id: str
    book: str
    sequence: int
    id: UUID
    event: str
    value_date: date
    recorded_at: datetime
    fiscal_year: int
    award_line_id: UUID
    source_kind: str
    source_id: UUID
    reverses_id: UUID | None
    reference: str
    reason_code: str
    recorded_by: str
    released_by: str | None
    postings: tuple[LinkPosting, ...]

    def hash_after(self, previous: bytes) -> bytes:
        """The hash of this entry behind the entry whose hash is `previous`."""
        facts = (
            self.tenant_id,
            self.book,
            self.sequence,
            self.id,
            self.event,
            self.value_date.isoformat(),
            instant_text(self.recorded_at),
            self.fiscal_year,
            self.award_line_id,
            self.source_kind,
            self.source_id,
            self.reverses_id or "-",
            self.reference,
            self.reason_code,
            self.recorded_by,
            self.released_by or "-",
            len(self.postings),
        )
        lines = [FORM, previous.hex(), "|".join(map(str, facts))]
        lines += [
            f"{one.ordinal}|{one.account}|{one.amount_cents}|{one.position_id or '-'}"
            for one in self.postings
        ]
        return hashlib.sha256("\n".join(lines).encode()).digest()


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it was stored, with the two hashes that stand beside it."""

    link: Link
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """`first_broken` is the sequence at which the chain does not hold; None: it holds."""

    entries: int
    head_sequence: int
    head_hash: bytes
    first_broken: int | None

    @property
    def is_intact(self) -> bool:
        return self.first_broken is None


class ChainReader:
    """Checks links one after another, so that a book of any length needs little memory."""

    def __init__(self) -> None:
        self._entries = 0
        self._hash = ORIGIN
        self._broken: int | None = None

    def read(self, stored: StoredLink) -> None:
        """Check the next link: its place, its balance, the hash before it and its own."""
        self._entries += 1
        holds = (
            stored.link.sequence == self._entries
            and stored.previous_hash == self._hash
            and sum(one.amount_cents for one in stored.link.postings) == 0
            and hmac.compare_digest(stored.link.hash_after(self._hash), stored.hash)
        )
        if not holds and self._broken is None:
            self._broken = self._entries
        self._hash = stored.hash

    def result(self) -> ChainCheck:
        return ChainCheck(self._entries, self._entries, self._hash, self._broken)


def instant_text(instant: datetime) -> str:
    """ISO 8601 in UTC with microseconds and `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seal_of(
    key: bytes,
    *,
    tenant_id: str,
    book: str,
    year: int,
    month: int | None,
    head_sequence: int,
    head_hash: bytes,
) -> bytes:
    """HMAC-SHA256 over the head of a book when a month, or a year (`month` None), was closed."""
    covered = (tenant_id, book, year, month or "-", head_sequence, head_hash.hex())
    return hmac.new(key, "|".join(map(str, covered)).encode(), hashlib.sha256).digest()
