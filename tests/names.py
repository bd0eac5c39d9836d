"""Family names that no other test has, by letter and by sound."""

from typing import Final
from uuid import uuid4

# Each stands for a sound of its own, so that the search by sound does not take two names for one.
_CONSONANTS: Final = "bdfglmrs"
_VOWELS: Final = "aeiou"
_SYLLABLES: Final = len(_CONSONANTS) * len(_VOWELS)


def invented(beginning: str = "") -> str:
    """The beginning and nine syllables by chance, 27 bits of sound; Latin letters alone."""
    number, syllables = uuid4().int, []
    for _ in range(9):
        number, one = divmod(number, _SYLLABLES)
        syllables.append(_CONSONANTS[one // len(_VOWELS)] + _VOWELS[one % len(_VOWELS)])
    name = "".join(syllables)
    return beginning + name if beginning else name.capitalize()
