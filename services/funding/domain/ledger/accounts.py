"""The chart of accounts: what each account means, its side, and its name in exported books.

An account belongs to one line of one award, since posts, rates and money are separate per fiscal
year, programme and funding line (R-S1-14). Some exist per allocation, some per kind of cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.funding.domain.costs import CostKind
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

SHORT_ID_LENGTH = 12


class AccountMalformed(RuleViolated):
    """An account without the allocation or cost kind that its code needs, or with too many."""

    code = "account-malformed"
    title = Text(
        de="Dieses Konto braucht genau die Zuordnung, die sein Code verlangt.",
        en="This account needs exactly the allocation or cost kind that its code asks for.",
    )


class Book(StrEnum):
    """`PRACTICE` is for learning and demonstration; no report counts it."""

    LIVE = "LIVE"
    PRACTICE = "PRACTICE"


class Side(StrEnum):
    """The side on which the account grows: debit (positive cents) or credit (negative)."""

    DEBIT = "D"
    CREDIT = "C"


class Scope(StrEnum):
    """What beside the line tells two accounts of one code apart."""

    LINE = "LINE"
    ALLOCATION = "ALLOCATION"
    COST_KIND = "COST_KIND"


class AccountCode(StrEnum):
    CLAIM = "CLAIM"
    REQUESTED = "REQUESTED"
    CASH = "CASH"
    ADVANCE = "ADVANCE"
    RECOVERABLE = "RECOVERABLE"
    SHORTFALL = "SHORTFALL"
    OWN_BUDGET = "OWN_BUDGET"
    OWN_ADVANCE = "OWN_ADVANCE"
    FREE = "FREE"
    RESERVED = "RESERVED"
    COMMITTED = "COMMITTED"
    OWN_COMMITTED = "OWN_COMMITTED"
    SENT = "SENT"
    REPAYABLE = "REPAYABLE"
    INTEREST_DUE = "INTEREST_DUE"
    GRANT_USED = "GRANT_USED"
    INTEREST_RECEIVED = "INTEREST_RECEIVED"
    ELIGIBLE = "ELIGIBLE"
    OWN_SHARE = "OWN_SHARE"
    INELIGIBLE = "INELIGIBLE"
    UNDECIDED = "UNDECIDED"
    FORWARDED = "FORWARDED"
    OWN_FORWARDED = "OWN_FORWARDED"
    INTEREST = "INTEREST"


@dataclass(frozen=True, slots=True)
class Definition:
    """One row of the chart. `is_floored`: the balance never crosses zero."""

    prefix: str
    side: Side
    scope: Scope
    name: Text
    is_floored: bool = True


_D, _C = Side.DEBIT, Side.CREDIT
_L, _X, _K = Scope.LINE, Scope.ALLOCATION, Scope.COST_KIND


def _row(prefix: str, side: Side, scope: Scope, de: str, en: str) -> Definition:
    return Definition(prefix, side, scope, Text(de=de, en=en))


CHART: Final[Mapping[AccountCode, Definition]] = {
    AccountCode.CLAIM: _row(
        "Assets:Land:Claim", _D, _L, "Bewilligt, nicht abgerufen", "Granted, not called"
    ),
    AccountCode.REQUESTED: _row("Assets:Land:Requested", _D, _L, "Abgerufen", "Drawn down"),
    # The one account that may turn: below zero the municipality has paid in advance.
    AccountCode.CASH: Definition(
        "Assets:Cash", _D, _L, Text(de="Geld der Zeile", en="Cash of the line"), is_floored=False
    ),
    AccountCode.ADVANCE: _row(
        "Assets:Advance", _D, _X, "Weitergeleitet, nicht nachgewiesen", "Paid on, not proved"
    ),
    AccountCode.RECOVERABLE: _row(
        "Assets:Recoverable", _D, _X, "Zurückzufordern", "Recoverable from the recipient"
    ),
    AccountCode.SHORTFALL: _row(
        "Assets:Shortfall", _D, _L, "Fehlbetrag nach Kürzung", "Shortfall after a cut"
    ),
    AccountCode.OWN_BUDGET: _row(
        "Assets:Own:Budget", _D, _X, "Eigene Haushaltsmittel", "Own budget"
    ),
    AccountCode.OWN_ADVANCE: _row(
        "Assets:Own:Advance", _D, _X, "Eigenmittel, nicht nachgewiesen", "Own money, not proved"
    ),
    AccountCode.FREE: _row("Liabilities:Deferred:Free", _C, _L, "Frei", "Free"),
    AccountCode.RESERVED: _row("Liabilities:Deferred:Reserved", _C, _L, "Vorgemerkt", "Reserved"),
    AccountCode.COMMITTED: _row("Liabilities:Deferred:Committed", _C, _X, "Gebunden", "Committed"),
    AccountCode.OWN_COMMITTED: _row(
        "Liabilities:Own:Committed", _C, _X, "Eigenmittel gebunden", "Own money committed"
    ),
    AccountCode.SENT: _row("Liabilities:Sent", _C, _X, "Auszahlung unterwegs", "Payment under way"),
    AccountCode.REPAYABLE: _row(
        "Liabilities:Land:Repayable", _C, _L, "Zurückzuzahlen", "To be repaid"
    ),
    AccountCode.INTEREST_DUE: _row(
        "Liabilities:Land:Interest", _C, _L, "Zinsen geschuldet", "Interest due"
    ),
    AccountCode.GRANT_USED: _row("Income:Land", _C, _L, "Zuwendung verwendet", "Grant used"),
    AccountCode.INTEREST_RECEIVED: _row(
        "Income:Interest", _C, _L, "Zinsen erhalten", "Interest received"
    ),
    AccountCode.ELIGIBLE: _row("Expenses:Eligible", _D, _K, "Förderfähige Kosten", "Eligible cost"),
    AccountCode.OWN_SHARE: _row("Expenses:OwnShare", _D, _K, "Eigenanteil", "Own share"),
    AccountCode.INELIGIBLE: _row(
        "Expenses:Ineligible", _D, _K, "Nicht förderfähige Kosten", "Ineligible cost"
    ),
    AccountCode.UNDECIDED: _row(
        "Expenses:Undecided", _D, _K, "Förderfähigkeit offen", "Eligibility undecided"
    ),
    AccountCode.FORWARDED: _row(
        "Expenses:Forwarded", _D, _X, "Weitergeleitet und nachgewiesen", "Paid on and proved"
    ),
    AccountCode.OWN_FORWARDED: _row(
        "Expenses:Own:Forwarded", _D, _X, "Eigenmittel, nachgewiesen", "Own money, proved"
    ),
    AccountCode.INTEREST: _row("Expenses:Interest", _D, _L, "Zinsaufwand", "Interest expense"),
}

# What a person may post by hand; everything else has a command of its own.
MANUAL_CODES: Final = frozenset(
    {
        AccountCode.CASH,
        AccountCode.OWN_SHARE,
        AccountCode.INELIGIBLE,
        AccountCode.UNDECIDED,
        AccountCode.INTEREST_RECEIVED,
    }
)


@dataclass(frozen=True, slots=True)
class Account:
    """One account; the row behind it is made when it is first used.

    Raises AccountMalformed when the allocation or the cost kind does not fit the code.
    """

    code: AccountCode
    award_line_id: UUID
    allocation_id: UUID | None = None
    cost_kind: CostKind | None = None

    def __post_init__(self) -> None:
        scope = CHART[self.code].scope
        has_allocation, has_kind = self.allocation_id is not None, self.cost_kind is not None
        if (has_allocation, has_kind) != (scope is Scope.ALLOCATION, scope is Scope.COST_KIND):
            raise AccountMalformed(account=self.code.value)

    @property
    def side(self) -> Side:
        return CHART[self.code].side

    @property
    def is_floored(self) -> bool:
        return CHART[self.code].is_floored

    @property
    def path(self) -> str:
        """The name in exported books: legal for hledger, ledger and beancount alike.

        `Expenses:Eligible:ADMIN-ASSISTANCE:L018F5A3C0001`; ids are cut to their random end.
        """
        parts = [CHART[self.code].prefix]
        if self.cost_kind is not None:
            parts.append(self.cost_kind.value.replace("_", "-"))
        parts.append(f"L{_short(self.award_line_id)}")
        if self.allocation_id is not None:
            parts.append(f"F{_short(self.allocation_id)}")
        return ":".join(parts)


def _short(identifier: UUID) -> str:
    return identifier.hex[-SHORT_ID_LENGTH:].upper()
