"""From a service's problem document to the user error that a client sees."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from gateway.clients.faults import (
    OperationTooSlow,
    ServiceBusy,
    ServiceDown,
    ServiceFault,
    ServiceRefused,
)
from gateway.schema import user_errors as e
from gateway.schema.scalars import Amount, Fte
from shared.kernel.errors import Refusal
from shared.kernel.text import Text
from shared.observability.request import current_request

T = TypeVar("T")

# What funding says when something does not fit into what is left, and where the rest stands.
FREE_MEMBERS = {
    "not-enough-free": ("freeAmount", "freeFte"),
    "more-than-the-parent-has": ("wholeAmount", "wholeFte"),
    "insufficient-funds": ("free", "freeFte"),
}


async def answered(work: Awaitable[T]) -> T | e.Refused:
    """The result of a command, or the user error it was refused with.

    An expired token (401) is no matter of the form and leaves as a top-level error.
    """
    try:
        return await work
    except ServiceDown as down:
        return unavailable(down)
    except ServiceRefused as refused:
        return user_error(_about_the_form(refused))
    except Refusal as refusal:
        return _own(refusal)


async def answered_with_money(work: Awaitable[T]) -> T | e.Refused | e.InsufficientFundsError:
    """The same where money and posts are passed on: what does not fit says what is free."""
    try:
        return await work
    except ServiceDown as down:
        return unavailable(down)
    except ServiceRefused as refused:
        if refused.code in FREE_MEMBERS:
            return _insufficient(refused)
        return user_error(_about_the_form(refused))
    except Refusal as refusal:
        return _own(refusal)


def _own(refusal: Refusal) -> e.ValidationError:
    """What the gateway itself refuses before any service is asked."""
    errors = [
        e.FieldError(pointer=fault.pointer, code=fault.code, **_sentences(fault.message))
        for fault in refusal.faults
    ]
    return e.ValidationError(
        code=refusal.code,
        **_sentences(refusal.detail),
        severity=e.Severity.ERROR,
        pointer=errors[0].pointer if errors else None,
        errors=errors,
    )


def _sentences(text: Text) -> dict[str, str]:
    message = text.in_language(current_request().language)
    return {"message": message, "message_de": text.de, "message_en": text.en}


def _said(record: Mapping[str, Any]) -> dict[str, str]:
    """One of a service's sentences: preferred, German, English."""
    german, english = e.in_both(record)
    return {
        "message": str(record.get("message")),
        "message_de": german,
        "message_en": english,
    }


def _common(refused: ServiceRefused) -> dict[str, Any]:
    """What every refusal of a service has."""
    said = _said({"message": refused.message, "texts": refused.problem.get("texts")})
    return {"code": refused.code, **said, "severity": e.Severity.ERROR}


def _about_the_form(refused: ServiceRefused) -> ServiceRefused:
    if refused.status == 401:  # noqa: PLR2004 - Unauthorized
        raise refused
    return refused


def unavailable(down: ServiceDown) -> e.ServiceUnavailableError | e.RateLimitedError:
    common: dict[str, Any] = {
        **_sentences(down.text),
        "severity": e.Severity.ERROR,
        "pointer": None,
        "service": down.service,
        "retry_after_s": down.retry_after_s,
    }
    if isinstance(down, ServiceBusy):
        return e.RateLimitedError(code="rate-limited", **common)
    is_too_slow = isinstance(down, OperationTooSlow)
    code = "operation-timeout" if is_too_slow else "service-unavailable"
    return e.ServiceUnavailableError(code=code, **common)


def user_error(refused: ServiceRefused) -> e.Refused:
    """One type for each status; inside 409 and 422 the code tells more."""
    if refused.code == "guard-failed":
        return _guarded(refused)
    if refused.code == "warnings-unconfirmed":
        return _warned(refused)
    return BY_STATUS.get(refused.status, _invalid)(refused)


def service_fault(
    fault: ServiceFault,
) -> e.ServiceUnavailableError | e.RateLimitedError | e.ForbiddenError | e.NotFoundError:
    """Why a part of an answer is missing. Raises the fault again when it is another reason.

    "Not found" is what the case service tells those from whom all cases are hidden.
    """
    if isinstance(fault, ServiceDown):
        return unavailable(fault)
    assert isinstance(fault, ServiceRefused)
    error = user_error(fault)
    if isinstance(error, e.ForbiddenError | e.NotFoundError):
        return error
    raise fault


def _forbidden(refused: ServiceRefused) -> e.Refused:
    return e.ForbiddenError(**_common(refused), pointer=None)


def _not_found(refused: ServiceRefused) -> e.Refused:
    return e.NotFoundError(**_common(refused), pointer=None)


def _conflict(refused: ServiceRefused) -> e.Refused:
    return e.ConflictError(
        **_common(refused),
        pointer=_first_pointer(refused),
        state=_text(refused, "state"),
        allowed_actions=[str(one) for one in refused.problem.get("allowedActions") or ()],
    )


def _stale(refused: ServiceRefused) -> e.Refused:
    current = refused.problem.get("currentVersion")
    return e.StaleVersionError(
        **_common(refused),
        pointer="/expectedVersion",
        current_version=current if isinstance(current, int) else None,
    )


def _guarded(refused: ServiceRefused) -> e.Refused:
    guards = [e.FailedGuard(id=str(one.get("code")), **_said(one)) for one in refused.errors]
    return e.GuardFailedError(**_common(refused), pointer=None, guards=guards)


def _warned(refused: ServiceRefused) -> e.Refused:
    common = _common(refused) | {"severity": e.Severity.WARNING}
    warnings = [e.Caution.from_record(dict(one)) for one in refused.errors]
    return e.WarningsError(**common, pointer=_first_pointer(refused), warnings=warnings)


def _insufficient(refused: ServiceRefused) -> e.InsufficientFundsError:
    amount, fte = (_text(refused, name) for name in FREE_MEMBERS[refused.code])
    return e.InsufficientFundsError(
        **_common(refused),
        pointer=_first_pointer(refused),
        free_amount=Amount(amount) if amount else None,
        free_fte=Fte(fte) if fte else None,
    )


def _invalid(refused: ServiceRefused) -> e.Refused:
    errors = [
        e.FieldError(
            pointer=str(one.get("pointer")),
            code=str(one.get("code")),
            **_said(one),
        )
        for one in refused.errors
    ]
    return e.ValidationError(
        **_common(refused),
        pointer=_first_pointer(refused),
        errors=errors,
    )


BY_STATUS: Mapping[int, Callable[[ServiceRefused], e.Refused]] = {
    403: _forbidden,
    404: _not_found,
    409: _conflict,
    412: _stale,
    428: _stale,
}


def _first_pointer(refused: ServiceRefused) -> str | None:
    pointers = (str(one["pointer"]) for one in refused.errors if one.get("pointer"))
    return next(pointers, None)


def _text(refused: ServiceRefused, name: str) -> str | None:
    value = refused.problem.get(name)
    return value if isinstance(value, str) else None
