"""Mutations as rows: one line says which request of which service a mutation makes.

A row names the service, the method and the path; members of the input that stand in the path are
taken from the input, all others become the body. What the service refuses becomes a user error.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Self
from urllib.parse import quote
from uuid import UUID

import strawberry
from strawberry import UNSET

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.inputs.base import INPUT, TEXT_KEYS, Command, body_of, in_path
from gateway.schema.published import REQUEST, Published, both, field
from gateway.schema.refusals import answered
from gateway.schema.user_errors import Caution, NotFoundError, Refused
from shared.kernel.text import camel

PLACE = re.compile(r"{(\w+)}")
LINE = re.compile(r"(POST|PUT|PATCH|DELETE) (cases|funding|referrals) (/v1/\S+)")

Made = Callable[[Written], Any]
Answering = Callable[[Awaitable[Any]], Awaitable[Any]]


@strawberry.type
class Success:
    """Base of what a mutation answers when it was done."""

    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


@strawberry.type
class WarnedSuccess(Success):
    """Base where texts were looked at for what may point to a person."""

    warnings: list[Caution] = field("What the writer should think over.", "Was zu bedenken ist.")


def made(success: type[Success], member: str, kind: type[Published]) -> Made:
    """The success with the answered document as its one record."""

    def of(written: Written) -> Any:
        given: dict[str, Any] = {member: kind.from_record(written.record)}
        if issubclass(success, WarnedSuccess):
            found = written.record.get("warnings") or ()
            given["warnings"] = [Caution.from_record(one) for one in found]
        return success(is_replayed=written.is_replayed, **given)

    return of


def outcome(name: str, success: Any, *, en: str, de: str) -> Any:
    """The union of a success and what it may be refused with.

    `success` is the success type, or a union of it with a refusal that this noun has beside those
    that all have.
    """
    return Annotated[success | Refused, strawberry.union(name, description=both(en, de))]


@dataclass(frozen=True, slots=True)
class RequestLine:
    """`POST cases /v1/cases/{case_id}/contacts`, read once when the schema is built."""

    method: str
    service: str
    path: str
    places: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Self:
        found = LINE.fullmatch(line)
        assert found is not None, line
        method, service, path = found.groups()
        return cls(method, service, path, tuple(PLACE.findall(path)))

    @property
    def pointer(self) -> str | None:
        """The member of the input that names the record, null where the path names none."""
        ids = [name for name in self.places if name.endswith("_id")]
        return f"/{camel(ids[-1])}" if ids else None

    def filled(self, given: object) -> str:
        return self.path.format_map({name: _place(given, name) for name in self.places})


def command(
    line: str,
    given: type[Command],
    made: Made,
    result: Any,
    *,
    en: str,
    de: str,
    answering: Answering = answered,
    said: Mapping[str, Any] | None = None,
    is_harmless: bool = False,
) -> Any:
    """A mutation that makes this request; `made` turns the answer into the success type.

    `result` is the union of the success and what it may be refused with; `said` are members of
    the body that the mutation's name says already; `is_harmless` where nothing is stored.
    """
    request = RequestLine.of(line)

    async def send(info: Info, one: Command) -> Any:
        version = getattr(one, "expected_version", None)
        written = await info.context.services.of(request.service).command(
            request.filled(one),
            body_of(one, *request.places) | dict(said or {}),
            key=one.key,
            version=None if version is UNSET else version,
            method=request.method,
            is_harmless=is_harmless,
            confirmed=one.confirmed,
        )
        return made(written)

    async def resolver(info, input_):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - annotated below, by the row
        answer = await answering(send(info, input_))
        if isinstance(answer, NotFoundError):
            answer.pointer = request.pointer
        return answer

    resolver.__annotations__ = {
        "info": Info,
        "input_": Annotated[given, INPUT],
        "return": result,
    }
    return strawberry.mutation(
        resolver=resolver, description=both(en, de), metadata={REQUEST: line}
    )


def _place(given: object, name: str) -> str | UUID:
    """An id as a UUID (the nil UUID where it is none), a code as its value, a name quoted."""
    value = getattr(given, name)
    if isinstance(value, Enum):
        return quote(str(value.value), safe="")
    if isinstance(value, int):
        return str(value)
    is_uuid = name.endswith("_id") and name not in TEXT_KEYS
    return in_path(value) if is_uuid else quote(str(value), safe="")
