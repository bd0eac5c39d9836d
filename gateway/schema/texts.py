"""Sentences in both languages at once, where a frontend shows labels of its own choosing."""

import strawberry

from gateway.schema.published import Published, both, field


@strawberry.type(description=both("A sentence in both languages.", "Ein Satz in beiden Sprachen."))
class BothLanguages(Published):
    de: str = field("In German.", "Auf Deutsch.")
    en: str = field("In English.", "Auf Englisch.")
