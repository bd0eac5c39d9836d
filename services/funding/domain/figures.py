"""Reading figures from papers and tables: the locale is stated, never guessed (R-I5)."""

import re
from decimal import Decimal
from enum import StrEnum

from shared.kernel.errors import RuleViolated
from shared.kernel.money import Money, fte_german, fte_text
from shared.kernel.text import Text

FTE_MAX = Decimal("999.99")


class FigureLocale(StrEnum):
    """Which mark groups thousands and which begins the decimals."""

    DE = "de"
    EN = "en"


_GROUP_MARKS = {FigureLocale.DE: ".", FigureLocale.EN: ","}
_DECIMAL_MARKS = {FigureLocale.DE: ",", FigureLocale.EN: "."}


class FigureUnreadable(RuleViolated):
    code = "figure-unreadable"
    title = Text(
        de="Diese Zahl ist in der angegebenen Schreibweise nicht eindeutig lesbar.",
        en="This figure cannot be read without doubt in the stated notation.",
    )


def read_fte(text: str, locale: FigureLocale) -> Decimal:
    """Posts with at most two decimals: "7,62" and "7.62" in either locale, "1.222" only as 1222.

    Raises FigureUnreadable, also for more posts than 999.99.
    """
    fte = _read(text, locale)
    if fte > FTE_MAX:
        raise FigureUnreadable
    return fte


def read_amount(text: str, locale: FigureLocale) -> Money:
    """Euros as papers print them: "1.222.800", "55.000,00 €", "7.000 Euro".

    Raises FigureUnreadable.
    """
    bare = re.sub(r"\s*(?:€|EUR|Euro)$", "", text.strip())
    return Money(int(_read(bare, locale) * 100))


def write_fte(fte: Decimal, locale: FigureLocale) -> str:
    """Two decimals with the locale's mark: 7.62 as "7,62" in German."""
    return fte_german(fte) if locale is FigureLocale.DE else fte_text(fte)


def _read(text: str, locale: FigureLocale) -> Decimal:
    group, mark = _GROUP_MARKS[locale], _DECIMAL_MARKS[locale]
    whole = rf"(?:0|[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+|[1-9][0-9]{{0,12}})"
    own = re.fullmatch(rf"({whole})(?:{re.escape(mark)}([0-9]{{1,2}}))?", text.strip(), re.ASCII)
    if own:
        return Decimal(f"{own[1].replace(group, '')}.{(own[2] or '').ljust(2, '0')}")
    # The other locale's decimal mark is without doubt only before one or two digits:
    # a group of thousands has three.
    foreign = re.fullmatch(
        rf"(0|[1-9][0-9]{{0,12}}){re.escape(group)}([0-9]{{1,2}})", text.strip(), re.ASCII
    )
    if foreign is None:
        raise FigureUnreadable
    return Decimal(f"{foreign[1]}.{foreign[2].ljust(2, '0')}")
