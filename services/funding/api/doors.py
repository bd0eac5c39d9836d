"""Who may pass which door, from the table of roles and rights."""

import re
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime, BeforeValidator

from services.funding.domain.access import Right, may
from shared.kernel.caller import Caller
from shared.kernel.errors import NotPermitted
from shared.kernel.scopes import scopes_permit
from shared.web.access import CallerCheck, CurrentCaller, door
from shared.web.fields import LegalDate


def with_right(right: Right) -> CallerCheck:
    """A dependency: the caller, whose roles give the right and whose application may use it.

    Raises NotPermitted (403).
    """

    async def check(caller: CurrentCaller) -> Caller:
        if not may(caller.roles, right):
            raise NotPermitted
        if not scopes_permit(caller.scopes, "funding", right):
            raise NotPermitted
        return caller

    return door(check)


may_read_funding = with_right(Right.READ_FUNDING)
Reader = Annotated[Caller, Depends(may_read_funding)]
Recorder = Annotated[Caller, Depends(with_right(Right.RECORD_FUNDING))]
may_read_audit = with_right(Right.READ_AUDIT)
may_manage_webhooks = with_right(Right.MANAGE_WEBHOOKS)
may_read_requests = with_right(Right.READ_REQUEST_LOG)
may_export = with_right(Right.EXPORT)
may_follow = with_right(Right.FOLLOW)
Deliverer = Annotated[Caller, Depends(with_right(Right.DELIVER_FUNDING))]
Releaser = Annotated[Caller, Depends(with_right(Right.RELEASE_FUNDING))]
PaymentConfirmer = Annotated[Caller, Depends(with_right(Right.CONFIRM_PAYMENTS))]
FinanceExporter = Annotated[Caller, Depends(with_right(Right.EXPORT_FINANCE))]
ProofSigner = Annotated[Caller, Depends(with_right(Right.SIGN_PROOF))]

AsOf = Annotated[
    LegalDate | None,
    Query(alias="asOf", description="The day whose version is asked for. / Stichtag."),
]


def _instant_text(value: object) -> object:
    if isinstance(value, str) and not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", value):
        raise ValueError("An instant is text of the form YYYY-MM-DDTHH:MM:SSZ.")
    return value


KnownAt = Annotated[
    Annotated[AwareDatetime, BeforeValidator(_instant_text)] | None,
    Query(alias="knownAt", description="Answer as it was known at this instant. / Kenntnisstand."),
]
