"""Text that both sides read before the recipient has accepted: it must name nobody."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from services.referrals.domain.answers import looks_personal
from services.referrals.domain.areas import Place
from services.referrals.domain.codes import Mode
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

NAMES = ("familyName", "givenNames", "pseudonym")


class NamesAPerson(RuleViolated):
    code = "names-a-person"
    title = Text(
        de="Vor der Annahme darf hier nichts stehen, was eine Person erkennen lässt.",
        en="Before acceptance nothing may stand here that tells who the person is.",
    )


class MessagesNotReleased(RuleViolated):
    code = "messages-not-released"
    title = Text(
        de="An Ausländer- und Einbürgerungsbehörden geht kein freier Text, solange keine "
        "Entscheidung über die Weitergabe `messages` nennt.",
        en="No free text goes to foreigners and naturalisation authorities unless a disclosure "
        "decision names `messages`.",
    )


def require_nameless(text: str, names: Iterable[str] = ()) -> None:
    """Raises NamesAPerson for addresses, numbers, dates of birth and the names themselves.

    Each word of a name counts, however it is written: "sahin" is found in "Frau ŞAHİN".
    """
    words = set(_words(text))
    if looks_personal(text) or any(words & set(_words(name)) for name in names):
        raise NamesAPerson


def require_anonymous_place(mode: Mode, place: Place) -> None:
    """An anonymous consultation says the municipality, no closer. Raises NamesAPerson."""
    is_close = place.street or place.house_number or place.location is not None
    if mode is Mode.ANONYMOUS_CONSULT and is_close:
        raise NamesAPerson


def names_in(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that the content gives."""
    identity = content.get("identity") or {}
    return tuple(identity[key] for key in NAMES if identity.get(key))


def _words(text: str) -> list[str]:
    """Words of two letters and more, without marks and case."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.findall(r"[^\W\d_]{2,}", letters)
