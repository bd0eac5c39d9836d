"""Where entries go: the lines they are about, and the accounts, made when first used."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.funding.domain.ledger.accounts import Account, Book
from services.funding.domain.ledger.entries import NewEntry
from services.funding.domain.ledger.refusals import LineOfAnotherBook
from services.funding.storage.queries.ledger import PLACES
from services.funding.storage.tables import LedgerAccountRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Places:
    """Fiscal years and books by line, rows by account; `missing` accounts have no row yet."""

    years: dict[UUID, int]
    books: dict[UUID, str | None]
    accounts: dict[Account, UUID]
    missing: tuple[Account, ...]

    @property
    def are_settled(self) -> bool:
        """Nothing of it changes any more, whoever holds the book."""
        return not self.missing and None not in self.books.values()

    def require_book(self, book: Book) -> None:
        """Raises LineOfAnotherBook."""
        if any(known not in {None, book.value} for known in self.books.values()):
            raise LineOfAnotherBook


async def places_of(tx: Transaction, entries: Sequence[NewEntry]) -> Places:
    """Raises NotFound for an unknown line."""
    wanted = {one.account.path: one.account for entry in entries for one in entry.postings}
    lines = {account.award_line_id for account in wanted.values()}
    row = await tx.row(PLACES, line_ids=list(lines), paths=list(wanted))
    assert row is not None
    found = {UUID(one["id"]): one for one in row["lines"] or ()}
    if found.keys() != lines:
        raise NotFound
    accounts = {wanted[one["path"]]: UUID(one["id"]) for one in row["accounts"] or ()}
    return Places(
        years={key: one["year"] for key, one in found.items()},
        books={key: one["book"] for key, one in found.items()},
        accounts=accounts,
        missing=tuple(account for account in wanted.values() if account not in accounts),
    )


async def make_accounts(tx: Transaction, places: Places, book: Book) -> dict[Account, UUID]:
    """All accounts, those that were missing included; the book has to be locked."""
    accounts = dict(places.accounts)
    for account in places.missing:
        accounts[account] = new_id()
        await tx.insert(
            LedgerAccountRow,
            id=accounts[account],
            book=book.value,
            code=account.code.value,
            award_line_id=account.award_line_id,
            allocation_id=account.allocation_id,
            cost_kind=account.cost_kind.value if account.cost_kind else "",
            side=account.side.value,
            is_floored=account.is_floored,
            path=account.path,
            created_at=now(),
        )
    return accounts
