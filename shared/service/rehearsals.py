"""Dry runs: an operation with every rule and constraint of the real one, answered and forgotten."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Literal

import orjson

from shared.database.transaction import Transaction
from shared.service.answers import Answer, Operation
from shared.service.warnings import WarningShown, collecting
from shared.web.fields import ResponseModel

# On every answer to a dry run that was not refused.
DRY_RUN_HEADER: Final = "KIM-Dry-Run"
# Operations that answer a dry run with their own report say so in the contract.
OWN_REPORT: Final[dict[str, Any]] = {"x-dry-run": "own-report"}

# What a service shows beside the answer, read before everything is rolled back.
Traces = Callable[[Transaction], Awaitable[Mapping[str, Any]]]
Watch = Callable[[], AbstractContextManager[Traces]]


class DryRunView(ResponseModel):
    """What a write would answer (`result`), and what to think over first. Nothing is stored."""

    is_dry_run: Literal[True]
    warnings: Sequence[WarningShown]
    result: dict[str, object]


@contextmanager
def watch_nothing() -> Iterator[Traces]:
    async def nothing(_: Transaction) -> Mapping[str, Any]:
        return {}

    yield nothing


async def rehearse(tx: Transaction, operation: Operation, watch: Watch) -> tuple[Answer, bytes]:
    """What `operation` would answer, alone and with what the service shows beside it.

    Constraints that wait for the commit are asked at once. Raises whatever the operation or its
    commit would raise. The transaction has to be rolled back afterwards.
    """
    with watch() as traces, collecting() as found:
        answer = await operation(tx)
        await tx.connection.execute("set constraints all immediate")
        seen = await traces(tx)
    warnings = [one.shown() for one in found]
    body = {
        "isDryRun": True,
        "warnings": warnings,
        **seen,
        "result": orjson.Fragment(answer.document.body),
    }
    return answer, orjson.dumps(body)
