"""What schemathesis is told beside the contracts; each exception says why no contract can."""

from typing import Any
from uuid import uuid4

import schemathesis
from hypothesis import strategies

# Of lists, jobs and the routing: rules between parameters, which OpenAPI cannot state.
NO_SCHEMA_CAN_SAY = {
    "cursor-unreadable": "a cursor is opaque: only one that was given is one",
    "area-selector-not-one": "exactly one of three parameters",
    "replay-range-unclear": "one of two pairs, each in order",
}
# The body of a search is one schema for all lists, and that of a job one for all kinds; the GET of
# the list names the filters and fields that it has.
IN_BODIES_OF_LISTS = {"filter-unknown", "filter-unreadable", "field-unknown"}
FOR_MACHINES = "kim-end-user"
ROWS = ['{"key": "1", "state": "INTAKE", "openedOn": "2022-01-15"}\n', "{}\n", "", "null\n"]

schemathesis.openapi.media_type(
    "application/x-ndjson", strategies.lists(strategies.sampled_from(ROWS)).map("".join)
)


@schemathesis.serializer("application/x-ndjson")
def _rows(_: Any, value: Any) -> Any:
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def map_body(_: Any, body: Any) -> Any:
    """A whole number is written without a point here; JSON Schema calls 5.0 one, too."""
    return _whole(body)


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    return value


@schemathesis.hook
def map_query(_: Any, query: Any) -> Any:
    """Without `fields`: that members are missing which were not asked for, OpenAPI cannot say."""
    return {name: value for name, value in query.items() if name != "fields"} if query else query


@schemathesis.hook
def map_headers(_: Any, headers: Any) -> Any:
    """A key of repetition with every write: machine clients must send one, people need not."""
    key = {"idempotency-key": uuid4().hex}
    return {**key, **{name: value for name, value in (headers or {}).items() if value}}


@schemathesis.hook
def filter_case(_: Any, case: Any) -> bool:
    """The token is added to every request; `ignored_auth` is the check that asks without it."""
    return _is_about(case) != "Authorization"


@schemathesis.hook
def map_case(_: Any, case: Any) -> Any:
    """The same for the cases of coverage, which pass by the hooks of their parts.

    The header of machines goes, too: who asks, OpenAPI cannot say. A wrong value stays.
    """
    wrong = None if _keeps_to_the_contract(case) else _is_about(case)
    case.query = {
        name: value
        for name, value in (case.query or {}).items()
        if name != "fields" or name == wrong
    }
    case.headers = {
        name: value
        for name, value in (case.headers or {}).items()
        if name.lower() != FOR_MACHINES or name == wrong
    }
    return case


def _is_about(case: Any) -> str | None:
    """The parameter that a case of coverage is about."""
    return getattr(case.meta.phase.data, "parameter", None) if case.meta else None


@schemathesis.check
def the_contract_says_what_is_refused(_: Any, response: Any, case: Any) -> None:
    """A request that keeps to the contract is refused by a rule of the domain, never by a form."""
    if response.status_code not in {400, 422} or not _keeps_to_the_contract(case):
        return
    problem = response.json()
    code, path = problem["code"], case.operation.path
    is_list_in_body = path.endswith(("/search", "/jobs"))
    if code in NO_SCHEMA_CAN_SAY or (is_list_in_body and code in IN_BODIES_OF_LISTS):
        return
    if response.status_code == 422 and code != "fields-refused":
        return
    # The whole body, or a row of it: a rule between its members.
    pointers = [one["pointer"] for one in problem.get("errors", [])]
    if pointers and all(not one or one.rsplit("/", 1)[-1].isdigit() for one in pointers):
        return
    raise AssertionError(f"{code} at {pointers}, which the contract allows")


def _keeps_to_the_contract(case: Any) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_positive
