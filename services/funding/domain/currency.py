"""The one currency of the programme. Awards, posts and budgets are in euros."""

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

EUR = "EUR"


class CurrencyNotSupported(RuleViolated):
    code = "currency-not-supported"
    title = Text(de="Beträge werden in Euro (EUR) geführt.", en="Amounts are kept in euros (EUR).")


def require_euro(currency: str) -> str:
    """Raises CurrencyNotSupported."""
    if currency != EUR:
        raise CurrencyNotSupported(supported=[EUR])
    return currency
