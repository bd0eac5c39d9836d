"""The file that hledger and ledger both read strictly: `hledger check --strict ordereddates payees`
and `ledger --strict --pedantic`.

The last transaction asserts every balance, so that both programs compare it themselves.
"""

from collections.abc import Sequence
from datetime import date

from services.funding.domain.ledger.chain import Link, instant_text
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.ledger.printing.printed import (
    CHECK,
    PrintedAccount,
    number,
    payee,
    posting_line,
)
from shared.kernel.money import ZERO, Money

TAGS = ("entry", "recorded", "reference", "reverses")


class PlainTextPrinter:
    def __init__(self, accounts: Sequence[PrintedAccount]) -> None:
        self._accounts = accounts
        self._width = max((len(one.path) for one in accounts), default=0)

    def head(self) -> str:
        lines = ["commodity EUR", "    format 1000.00 EUR", ""]
        lines += [f"tag {name}" for name in TAGS]
        lines += [f"payee {name}" for name in (*map(payee, LedgerEvent), CHECK)]
        lines += [f"account {one.path}" for one in self._accounts]
        return "\n".join(lines) + "\n"

    def entry(self, link: Link) -> str:
        lines = [
            "",
            f"{link.value_date.isoformat()} * ({number(link)}) {payee(link.event)}",
            f"    ; entry: {link.id}",
            f"    ; recorded: {instant_text(link.recorded_at)}",
        ]
        if link.reference:
            lines.append(f"    ; reference: {link.reference}")
        if link.reverses_id is not None:
            lines.append(f"    ; reverses: {link.reverses_id}")
        lines += [
            posting_line(one.account, Money(one.amount_cents), self._width) for one in link.postings
        ]
        return "\n".join(lines) + "\n"

    def tail(self, last_on: date | None) -> str:
        if last_on is None:
            return ""
        lines = ["", f"{last_on.isoformat()} * {CHECK}"]
        lines += [
            f"{posting_line(one.path, ZERO, self._width)} = {one.balance} EUR"
            for one in self._accounts
        ]
        return "\n".join(lines) + "\n"
