"""Refusals: what the product says no to, with a stable code and a sentence in two languages.

A refusal is an expected answer, not a fault. Each rule declares its own subclass beside itself;
the web edge turns it into RFC 9457 `application/problem+json` in one place.

    Refusal
    ├── Malformed 400      the request cannot be read
    ├── NotPermitted 403   known, but this caller may not
    ├── NotFound 404       unknown or hidden; the two are never told apart
    ├── Conflict 409       the present state forbids it
    ├── Gone 410           it was here once and is not any more
    ├── Stale 412          the caller looked at an older version
    └── RuleViolated 422   a field or a rule of the domain says no
"""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field that was refused: JSON pointer into the request, stable code, sentence."""

    pointer: str
    code: str
    message: Text


class Refusal(Exception):
    """Base of every expected refusal. Subclasses set `status`, `code` and `title`.

    `severity` is `WARNING` where the caller need only confirm.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    severity: ClassVar[str] = "ERROR"
    title: ClassVar[Text] = Text(de="Abgelehnt", en="Refused")

    def __init__(
        self,
        detail: Text | None = None,
        *,
        faults: tuple[FieldFault, ...] = (),
        **facts: object,
    ) -> None:
        """Refuse with an optional sentence, field faults and machine-readable facts.

        `facts` become members of the problem document; they carry codes, numbers and ids only,
        never anything about a person.
        """
        self.detail = detail or self.title
        self.faults = faults
        self.facts = facts
        super().__init__(self.detail.en)


class Malformed(Refusal):
    status = 400
    code = "malformed"
    title = Text(de="Die Anfrage ist nicht lesbar.", en="The request cannot be read.")


class NotPermitted(Refusal):
    status = 403
    code = "not-permitted"
    title = Text(de="Das ist Ihnen nicht erlaubt.", en="You are not permitted to do this.")


class NotFound(Refusal):
    status = 404
    code = "not-found"
    title = Text(de="Nicht gefunden.", en="Not found.")


class Conflict(Refusal):
    status = 409
    code = "conflict"
    title = Text(de="Der jetzige Zustand erlaubt das nicht.", en="The present state forbids this.")


class Gone(Refusal):
    status = 410
    code = "gone"
    title = Text(de="Das gibt es hier nicht mehr.", en="It is not here any more.")


class Stale(Refusal):
    status = 412
    code = "stale-version"
    title = Text(
        de="Der Datensatz wurde inzwischen geändert. Bitte neu laden.",
        en="The record has changed since. Read it again first.",
    )


class RuleViolated(Refusal):
    status = 422
    code = "rule-violated"
    title = Text(de="Eine Regel verbietet das.", en="A rule forbids this.")


def refusals() -> list[type[Refusal]]:
    """Every declared refusal, sorted by code: the catalogue that `/v1/problems` publishes."""
    found: list[type[Refusal]] = []
    pending = [Refusal]
    while pending:
        for child in pending.pop().__subclasses__():
            found.append(child)
            pending.append(child)
    return sorted(found, key=lambda refusal: refusal.code)
