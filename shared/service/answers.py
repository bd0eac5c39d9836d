"""What an operation is to the kit: a transaction goes in, an answer comes out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.database.transaction import Transaction
from shared.database.views import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers with: the document, and where it can be read again.

    `status` is set by an operation that finds out itself whether it made something new.
    `shown_once` is answered instead of the document the first time and never kept: a secret. A
    replay of the request and a dry run show the document.
    """

    document: Document
    location: str | None = None
    status: int | None = None
    shown_once: Document | None = None


Operation = Callable[[Transaction], Awaitable[Answer]]
