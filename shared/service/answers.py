"""What an operation is to the kit: a transaction goes in, an answer comes out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.database.transaction import Transaction
from shared.database.views import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers with: the document, and where it can be read again.

    `status` is set by an operation that finds out itself whether it made something new.
    """

    document: Document
    location: str | None = None
    status: int | None = None


Operation = Callable[[Transaction], Awaitable[Answer]]
