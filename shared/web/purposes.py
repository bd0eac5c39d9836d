"""What a request says of itself for the audit log: for what purpose, and for what reason."""

import re
from dataclasses import replace
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request

from shared.kernel.caller import Caller
from shared.kernel.errors import Malformed
from shared.kernel.purposes import PURPOSES, purpose_of
from shared.kernel.text import Text
from shared.observability.request import RequestFacts, current_request

PURPOSE_HEADER: Final = "KIM-Purpose"
REASON_HEADER: Final = "KIM-Reason"
REASON_LENGTH_MAX: Final = 300
END_USER_HEADER: Final = "KIM-End-User"
# Keys of accounts; a blank is in none of them, but in names of people.
END_USER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@|/-]{0,119}")
# What these headers were called first; still understood.
FORMER: Final = {PURPOSE_HEADER: "X-Purpose", REASON_HEADER: "X-Audit-Reason"}


class ReasonUnreadable(Malformed):
    code = "reason-unreadable"
    title = Text(
        de=f"KIM-Reason hat höchstens {REASON_LENGTH_MAX} druckbare Zeichen.",
        en=f"KIM-Reason is at most {REASON_LENGTH_MAX} printable characters.",
    )


class ReasonMissing(Malformed):
    """The issuer's setting asks for one with every write."""

    code = "reason-missing"
    title = Text(
        de="Der Grund der Änderung fehlt: Kopfzeile KIM-Reason.",
        en="The reason for the change is missing: header KIM-Reason.",
    )


class EndUserUnreadable(Malformed):
    code = "end-user-unreadable"
    title = Text(
        de="KIM-End-User ist die Kennung eines Kontos: bis zu 120 Zeichen ohne Leerzeichen.",
        en="KIM-End-User is the key of an account: up to 120 characters without a blank.",
    )


class EndUserNotForPeople(Malformed):
    code = "end-user-not-for-people"
    title = Text(
        de="KIM-End-User nennen nur Programme; wer sich selbst anmeldet, handelt für sich.",
        en="KIM-End-User is named by machines only; who signs in acts for themselves.",
    )


def stated(headers: Headers, facts: RequestFacts, caller: Caller) -> RequestFacts:
    """The facts of the request with its purpose, its reason and for whom a machine acts.

    Who names no purpose means the one registered for the client. Raises PurposeMissing,
    PurposeUnknown, PurposeNotRegistered, ReasonUnreadable, EndUserUnreadable,
    EndUserNotForPeople.
    """
    reason = _named(headers, REASON_HEADER)
    if len(reason) > REASON_LENGTH_MAX or not reason.isprintable():
        raise ReasonUnreadable
    named = _named(headers, PURPOSE_HEADER)
    purpose = purpose_of(named, caller.purposes, caller.usual_purpose)
    return replace(
        facts,
        purpose=purpose,
        reason=reason,
        has_named_purpose=bool(named),
        end_user=_end_user(headers, caller),
    )


async def reason_stated(request: Request) -> None:
    """A dependency of every write. Raises ReasonMissing where one must be said."""
    caller: Caller = request.scope["caller"]
    if caller.needs_reason and not current_request().reason:
        raise ReasonMissing


def _end_user(headers: Headers, caller: Caller) -> str:
    """What the machine says is kept and believed by nobody: rights are those of the machine."""
    said = headers.get(END_USER_HEADER, "")
    if not said:
        return ""
    if not caller.is_machine:
        raise EndUserNotForPeople
    if not END_USER.fullmatch(said):
        raise EndUserUnreadable
    return said


def _named(headers: Headers, name: str) -> str:
    return headers.get(name) or headers.get(FORMER[name], "")


PURPOSE_PARAMETER: Final[dict[str, Any]] = {
    "name": PURPOSE_HEADER,
    "in": "header",
    "required": False,
    "description": "Purpose of processing, recorded with everything that is read or changed; who"
    " names none means the one registered for the client. / Zweck der Verarbeitung.",
    "schema": {"type": "string", "enum": list(PURPOSES)},
}
REASON_PARAMETER: Final[dict[str, Any]] = {
    "name": REASON_HEADER,
    "in": "header",
    "required": False,
    "description": "Why it is changed, for the audit log alone; an issuer's setting may ask for it"
    " with every write. / Grund, nur für das Protokoll.",
    "schema": {"type": "string", "maxLength": REASON_LENGTH_MAX},
}
END_USER_PARAMETER: Final[dict[str, Any]] = {
    "name": END_USER_HEADER,
    "in": "header",
    "required": False,
    "description": "Account of the person for whom a machine acts, in its own software; for the"
    " audit log alone, it gives no rights. / Konto der Person, für die ein Programm handelt.",
    "schema": {"type": "string", "maxLength": 120, "pattern": f"^{END_USER.pattern}$"},
}
