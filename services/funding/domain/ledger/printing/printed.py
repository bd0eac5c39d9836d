"""What a printer is given, and the words that all of them share."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.funding.domain.ledger.chain import Link
from shared.kernel.money import Money

SEQUENCE_DIGITS = 6
AMOUNT_WIDTH = 20
CHECK = "BALANCE-CHECK"


@dataclass(frozen=True, slots=True)
class PrintedAccount:
    """`balance` debit positive, over the printed entries."""

    path: str
    first_on: date
    balance: Money


class Printer(Protocol):
    def head(self) -> str: ...

    def entry(self, link: Link) -> str: ...

    def tail(self, last_on: date | None) -> str:
        """`last_on` is the value date of the last printed entry; None: there was none."""


def payee(event: str) -> str:
    """`AWARD-GRANTED`"""
    return event.replace("_", "-")


def number(link: Link) -> str:
    """`000001`: the sequence in the book."""
    return f"{link.sequence:0{SEQUENCE_DIGITS}d}"


def posting_line(account: str, amount: Money, width: int) -> str:
    return f"    {account:<{width}}  {amount!s:>{AMOUNT_WIDTH}} EUR"
