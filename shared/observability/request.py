"""What is known of the request in hand, for logs, audit entries and error documents."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """`id` is given back in `X-Request-Id`; `purpose` is the code of what it is for, by
    itself that of what workers and commands do on their own.

    `end_user` is for whom a machine says that it acts, in its own words.

    `is_bilingual`: sentences of refusals are wanted in both languages, beside the preferred one.
    """

    id: str = ""
    purpose: str = "SYSTEM_OPERATION"
    reason: str = ""
    end_user: str = ""
    has_named_purpose: bool = False
    language: str = "en"
    is_bilingual: bool = False


NO_REQUEST = RequestFacts()
_current: ContextVar[RequestFacts] = ContextVar("kim_request", default=NO_REQUEST)


def current_request() -> RequestFacts:
    return _current.get()


def begin_request(facts: RequestFacts) -> None:
    _current.set(facts)
