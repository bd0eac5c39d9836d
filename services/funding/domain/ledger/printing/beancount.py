"""The file that `bean-check` reads without any tolerance.

`~ 0` in a balance directive matters: without it bean-check lets one cent pass.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from services.funding.domain.ledger.chain import Link, instant_text
from services.funding.domain.ledger.printing.printed import (
    PrintedAccount,
    number,
    payee,
    posting_line,
)
from shared.kernel.money import Money


class BeancountPrinter:
    def __init__(self, accounts: Sequence[PrintedAccount], title: str) -> None:
        self._accounts = accounts
        self._title = title
        self._width = max((len(one.path) for one in accounts), default=0)

    def head(self) -> str:
        lines = [
            f'option "title" "{self._title}"',
            'option "operating_currency" "EUR"',
            'option "inferred_tolerance_default" "EUR:0"',
            "",
        ]
        lines += [f"{one.first_on.isoformat()} open {one.path} EUR" for one in self._accounts]
        return "\n".join(lines) + "\n"

    def entry(self, link: Link) -> str:
        lines = [
            "",
            f'{link.value_date.isoformat()} * "{payee(link.event)}" "{link.reference}"',
            f'  entry: "{link.id}"',
            f'  recorded: "{instant_text(link.recorded_at)}"',
            f'  number: "{number(link)}"',
        ]
        if link.reverses_id is not None:
            lines.append(f'  reverses: "{link.reverses_id}"')
        lines += [
            posting_line(one.account, Money(one.amount_cents), self._width) for one in link.postings
        ]
        return "\n".join(lines) + "\n"

    def tail(self, last_on: date | None) -> str:
        if last_on is None:
            return ""
        day = (last_on + timedelta(days=1)).isoformat()
        lines = [""]
        lines += [f"{day} balance {one.path} {one.balance} ~ 0 EUR" for one in self._accounts]
        return "\n".join(lines) + "\n"
