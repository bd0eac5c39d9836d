"""Sentences in both languages at once, where a frontend shows labels of its own choosing."""

from enum import Enum

import strawberry

from gateway.schema.published import Published, both, field


@strawberry.type(description=both("A sentence in both languages.", "Ein Satz in beiden Sprachen."))
class BothLanguages(Published):
    de: str = field("In German.", "Auf Deutsch.")
    en: str = field("In English.", "Auf Englisch.")


def label_of(codes: type[Enum], value: str) -> dict[str, str]:
    """Both names of a code, as its enum describes it."""
    known = codes.__strawberry_definition__.values  # type: ignore[attr-defined] # set by strawberry
    described = next(one.description for one in known if one.name == value)
    en, de = described.split(" / ", 1)
    return {"de": de, "en": en}
