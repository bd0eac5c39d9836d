"""What the kit says to people: German or English, as the terminal asks."""

import os
import sys

from shared.kernel.text import Text


class Unusable(Exception):
    """The command cannot go on; the sentence says what to do next."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


_chosen: list[str] = []


def choose_language(name: str) -> None:
    """`de`, `en`, or empty: as the environment says."""
    asked = name or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    _chosen[:] = ["de" if asked.lower().startswith("de") else "en"]


def language() -> str:
    return _chosen[0] if _chosen else "en"


def spoken(text: Text) -> str:
    return text.in_language(language())


def say(text: Text, *, is_error: bool = False) -> None:
    print(spoken(text), file=sys.stderr if is_error else sys.stdout, flush=True)
