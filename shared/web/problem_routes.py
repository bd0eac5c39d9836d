"""Problems of the framework's own making, and the catalogue of all of them."""

import re
from collections.abc import Callable

import orjson
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.kernel.errors import FieldFault, Malformed, NotFound, Refusal, refusals
from shared.kernel.text import Text
from shared.web.fields import ResponseModel
from shared.web.problems import (
    BodyUnreadable,
    FieldsRefused,
    MethodNotAllowed,
    problem_response,
    refusal_for,
)


def install_problems(app: FastAPI) -> None:
    """Every refusal leaves as problem+json, the framework's own ones, too."""
    allowed = _allowed_methods(app)

    async def refused(request: Request, fault: Exception) -> Response:
        return problem_response(refusal_for(fault), instance=request.url.path)

    async def fields_refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)
        return problem_response(_fields(fault), instance=request.url.path)

    async def http(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if fault.status_code == 405:  # noqa: PLR2004 - Method Not Allowed
            methods = allowed(request.url.path)
            return problem_response(
                MethodNotAllowed(), instance=request.url.path, headers={"Allow": methods}
            )
        refusal = NotFound() if fault.status_code == 404 else Malformed()  # noqa: PLR2004
        return problem_response(refusal, instance=request.url.path)

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, fields_refused)
    app.add_exception_handler(HTTPException, http)


class ProblemTitle(ResponseModel):
    de: str
    en: str


class ProblemKind(ResponseModel):
    """One refusal that this process can answer with."""

    type: str
    code: str
    status: int
    title: ProblemTitle


def problems_router() -> APIRouter:
    """`/v1/problems`: the catalogue of refusals this process can answer with."""
    router = APIRouter(tags=["meta"])

    @router.get(
        "/v1/problems",
        response_model=list[ProblemKind],
        summary="Catalogue of problems / Verzeichnis der Fehler",
    )
    async def problems() -> Response:
        catalogue = [
            {
                "type": f"urn:kim:problem:{refusal.code}",
                "code": refusal.code,
                "status": refusal.status,
                "title": {"de": refusal.title.de, "en": refusal.title.en},
            }
            for refusal in refusals()
        ]
        return Response(orjson.dumps(catalogue), media_type="application/json")

    return router


FIELD_TEXTS = {
    "missing": Text(de="Das Feld fehlt.", en="The field is missing."),
    "extra_forbidden": Text(de="Dieses Feld ist unbekannt.", en="This field is unknown."),
    "enum": Text(de="Diesen Wert gibt es hier nicht.", en="There is no such value here."),
    "amount_form": Text(
        de="Ein Betrag ist Text mit Punkt und zwei Nachkommastellen, bis 9999999999999.99.",
        en="An amount is text with a point and two decimals, up to 9999999999999.99.",
    ),
    "amount_zero": Text(de="Der Betrag ist größer als 0.00.", en="The amount is more than 0.00."),
    "fte_form": Text(
        de="Ein Stellenanteil ist Text mit Punkt und zwei Nachkommastellen, bis 999.99.",
        en="A post is text with a point and two decimals, up to 999.99.",
    ),
    "date_form": Text(
        de="Ein Tag ist Text der Form JJJJ-MM-TT, von 1900 bis 2199.",
        en="A day is text of the form YYYY-MM-DD, from 1900 to 2199.",
    ),
    "period_reversed": Text(
        de="Das Ende liegt vor dem Beginn.", en="The end lies before the beginning."
    ),
}
FIELD_TEXT = Text(
    de="Der Wert hat nicht die verlangte Form.", en="The value does not have the required form."
)


def _fields(fault: RequestValidationError) -> Refusal:
    errors = fault.errors()
    if any(error["type"] == "json_invalid" for error in errors):
        return BodyUnreadable()
    return FieldsRefused(faults=tuple(_field(error) for error in errors[:50]))


def _field(error: dict[str, object]) -> FieldFault:
    """Pointer and code only: the refused value itself never appears in an answer."""
    place, *path = error["loc"] if isinstance(error["loc"], tuple) else ("body",)
    pointer = "".join(f"/{re.sub(r'[^A-Za-z0-9_.-]', '?', str(part))[:80]}" for part in path)
    kind = str(error["type"])
    prefix = "" if place == "body" else f"{place}:"
    return FieldFault(
        f"{prefix}{pointer}", kind.replace("_", "-"), FIELD_TEXTS.get(kind, FIELD_TEXT)
    )


def _allowed_methods(app: FastAPI) -> Callable[[str], str]:
    """Path → every method of every route it matches: Starlette names only the first one's."""
    patterns: list[tuple[re.Pattern[str], set[str]]] = []

    def allowed(path: str) -> str:
        if not patterns:
            for template, operations in app.openapi()["paths"].items():
                expression = re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(template))
                methods = {method.upper() for method in operations}
                patterns.append((re.compile(expression), methods))
        found = {
            method for pattern, methods in patterns if pattern.fullmatch(path) for method in methods
        }
        return ", ".join(sorted(found or {"GET"}))

    return allowed
