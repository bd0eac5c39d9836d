"""Numbers that other systems know a record by, and those that nobody may be known by (H3)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated, Stale
from shared.kernel.text import Text

SYSTEM_PATTERN: Final = r"^[a-z][a-z0-9-]{1,39}$"
VALUE_LENGTH_MAX: Final = 80
IMPORT_SYSTEM: Final = "import"
REFERRAL_SYSTEM: Final = "referral"

# What a register or an authority numbers people by: AZRG § 10 (4), § 51a SGB II, § 67c (7) SGB X,
# § 139b AO. Looked for in the names of systems and of columns, written without separators.
_FORBIDDEN_WORDS: Final = (
    "azr", "auslaenderzentralregister", "bgnr", "bgnummer", "bedarfsgemeinschaft", "jobcenter",
    "kundennummer", "kundennr", "kdnr", "steuer", "taxid", "taxnumber", "idnr", "identnr", "tin",
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


class ExternalKind(StrEnum):
    PERSON = "PERSON"
    CASE = "CASE"


class RegisterNumberRefused(RuleViolated):
    code = "register-number-refused"
    title = Text(
        de="AZR-, BG-, Kunden-, Versicherungs- und Steuernummern dürfen hier niemanden "
        "kennzeichnen (AZRG § 10 (4), § 51a SGB II, § 67c (7) SGB X).",
        en="Numbers of the AZR, a Jobcenter, an insurance or a tax office may identify nobody "
        "here (AZRG § 10 (4), § 51a SGB II, § 67c (7) SGB X).",
    )


class ExternalIdExists(Stale):
    code = "external-id-exists"
    title = Text(
        de="Zu dieser Kennung gibt es schon einen Datensatz.",
        en="There is a record with this external id already.",
    )


class DeliveredWayDiffers(Conflict):
    code = "delivered-way-differs"
    title = Text(
        de="Zustand, Daten und Zuständigkeit eines übernommenen Falls ändern sich hier nur durch "
        "die Schritte des Falls, nicht durch eine Lieferung.",
        en="State, dates and case manager of a case taken over change by the steps of the case "
        "only, not by a delivery.",
    )


class CaseWasErased(Conflict):
    code = "case-was-erased"
    title = Text(
        de="Der Fall dieser Nummer wurde gelöscht und kommt durch eine Lieferung nicht zurück; ist "
        "es ein neuer Fall, sagt das isNewCase.",
        en="The case of this number was erased and does not come back by a delivery; should it be "
        "a new case, isNewCase says so.",
    )


class MemberHasNoNumber(RuleViolated):
    code = "member-has-no-number"
    title = Text(
        de="Angehörige ohne eigene externalId werden einmal übernommen; um sie zu ändern, braucht "
        "jede Person eine.",
        en="Members without an externalId of their own are taken over once; to change them, each "
        "person needs one.",
    )


@dataclass(frozen=True, slots=True)
class ExternalId:
    """The number of a record in another system; unique for each kind, unit and system."""

    system: str
    value: str

    def __post_init__(self) -> None:
        require_no_register(self.system)
        require_no_register_number(self.value)


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


def client_number(case_key: str) -> str:
    """What the client of a case is known by who has no number of their own."""
    return f"case:{case_key}"


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
