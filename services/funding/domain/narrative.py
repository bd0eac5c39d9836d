"""The narrative part of a proof of use: sections of text without names of people."""

import re
from dataclasses import dataclass
from typing import Final

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

# What gives a person away: a salutation before a name, an address for mail, a telephone number.
SALUTATION: Final = re.compile(r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?)\s+[A-ZÄÖÜ]\w+")
EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
TELEPHONE: Final = re.compile(r"(?:\+49|\b0[1-9])[\d\s/()-]{6,}\d")
PATTERNS: Final = {"salutation": SALUTATION, "email": EMAIL, "telephone": TELEPHONE}


class NamesInNarrative(RuleViolated):
    """`found` says what kind of trace and in which section, not the text itself."""

    code = "names-in-narrative"
    title = Text(
        de="Der Sachbericht enthält Hinweise auf einzelne Personen.",
        en="The narrative points to individual people.",
    )


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    text: str


def require_no_names(sections: tuple[Section, ...]) -> None:
    """Raises NamesInNarrative. A spelling check: it finds patterns, no bare names."""
    found = [
        f"{number}:{kind}"
        for number, section in enumerate(sections, start=1)
        for kind, pattern in PATTERNS.items()
        if pattern.search(f"{section.heading}\n{section.text}")
    ]
    if found:
        raise NamesInNarrative(found=found)
