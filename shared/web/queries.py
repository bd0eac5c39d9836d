"""Query parameters: what an operation does not know is refused, never ignored.

A mistyped `asof` that is silently dropped would give the figures of another day.
"""

from functools import cache

from fastapi import FastAPI, Request

from shared.kernel.errors import FieldFault, Malformed
from shared.kernel.text import Text


class ParameterUnknown(Malformed):
    code = "parameter-unknown"
    title = Text(
        de="Diesen Parameter gibt es hier nicht.", en="This parameter does not exist here."
    )


async def refuse_unknown_parameters(request: Request) -> None:
    """A dependency of every operation. Lists judge their parameters themselves, and so do
    operations that stand in no contract. Raises ParameterUnknown (400).
    """
    if not request.query_params:
        return
    template = getattr(request.scope.get("route"), "path_format", "")
    known = _known(request.app, template, request.method.lower())
    if known is None:
        return
    unknown = [name for name in request.query_params if name not in known]
    if unknown and "after" not in known:
        printable = [name if name.isprintable() else "?" for name in unknown]
        raise ParameterUnknown(
            faults=tuple(
                FieldFault(f"?{name[:80]}", ParameterUnknown.code, ParameterUnknown.title)
                for name in printable[:20]
            )
        )


@cache
def _known(app: FastAPI, template: str, method: str) -> frozenset[str] | None:
    """The names that the contract has; None for what stands in no contract."""
    operation = app.openapi()["paths"].get(template, {}).get(method)
    if operation is None:
        return None
    return frozenset(p["name"] for p in operation.get("parameters", []) if p["in"] == "query")
