"""A sentence for people, in the two languages of the product; names outside and inside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in German and English; neither half may be empty."""

    de: str
    en: str

    def __post_init__(self) -> None:
        if not (self.de.strip() and self.en.strip()):
            raise ValueError("A text needs both its German and its English half.")

    def in_language(self, language: str) -> str:
        """The German half for a tag that begins with `de`, otherwise the English one."""
        return self.de if language.lower().startswith("de") else self.en


def camel(name: str) -> str:
    """`opened_on` inside is `openedOn` outside."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)
