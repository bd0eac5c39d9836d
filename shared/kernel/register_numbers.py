"""Numbers of a register or an authority, by which nobody may be known here (H3)."""

import re
from typing import Final

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

# What a register or an authority numbers people by: AZRG § 10 (4), § 51a SGB II, § 67c (7) SGB X,
# § 139b AO. Looked for in the names of systems and of columns, written without separators.
_FORBIDDEN_WORDS: Final = (
    "azr", "auslaenderzentralregister", "bgnr", "bgnummer", "bedarfsgemeinschaft",
    "jobcenternummer", "jobcenternr", "jobcenterid", "kundennummer", "kundennr", "kdnr", "steuerid",
    "steuernummer", "steuernr", "taxid", "taxnumber", "idnr", "identnr", "tin",
    "rvnr", "versicherungsnummer", "versichertennummer", "sozialversicherung", "verbis",
)  # fmt: skip
# Short words that others contain: only where they stand alone.
_WHOLE_WORDS: Final = frozenset({"bg", "tin", "tax"})
_FORBIDDEN_SHAPES: Final = (
    re.compile(r"[0-9]{5}BG[0-9]{7}"),  # number of a Bedarfsgemeinschaft
    re.compile(r"[0-9]{3}[A-Z][0-9]{6}"),  # customer number of the Federal Employment Agency
    re.compile(r"[0-9]{8}[A-Z][0-9]{3}"),  # pension insurance number
)
_TAX_DIGITS: Final = 11
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class RegisterNumberRefused(RuleViolated):
    code = "register-number-refused"
    title = Text(
        de="AZR-, BG-, Kunden-, Versicherungs- und Steuernummern dürfen hier niemanden "
        "kennzeichnen (AZRG § 10 (4), § 51a SGB II, § 67c (7) SGB X).",
        en="Numbers of the AZR, a Jobcenter, an insurance or a tax office may identify nobody "
        "here (AZRG § 10 (4), § 51a SGB II, § 67c (7) SGB X).",
    )


def require_no_register(name: str) -> None:
    """The name of a system or a column. Raises RegisterNumberRefused."""
    words = re.split(r"[^a-z0-9]+", name.lower().translate(_UMLAUTS))
    joined = "".join(words)
    is_register = any(word in joined for word in _FORBIDDEN_WORDS if word not in _WHOLE_WORDS)
    if is_register or not _WHOLE_WORDS.isdisjoint(words):
        raise RegisterNumberRefused


def require_no_register_number(value: str) -> None:
    """Raises RegisterNumberRefused for a value in the form of such a number."""
    packed = re.sub(r"[\s./-]", "", value).upper()
    if any(shape.fullmatch(packed) for shape in _FORBIDDEN_SHAPES) or _is_tax_id(packed):
        raise RegisterNumberRefused


def _is_tax_id(digits: str) -> bool:
    """Eleven digits, none of the first ten more than three times, with the right check digit
    (ISO/IEC 7064, MOD 11,10; § 139b AO).
    """
    if not re.fullmatch(r"[1-9][0-9]{10}", digits):
        return False
    counts = sorted(digits[:10].count(digit) for digit in set(digits[:10]))
    if counts[-1] not in {2, 3} or (len(counts) > 1 and counts[-2] > 1):
        return False
    product = 10
    for digit in digits[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % _TAX_DIGITS
    return (_TAX_DIGITS - product) % 10 == int(digits[-1])
