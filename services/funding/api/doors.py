"""Who may pass which door, from the table of roles and rights."""

import re
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime, BeforeValidator

from services.funding.domain.access import Right, roles_with
from shared.kernel.caller import Caller
from shared.web.access import caller_with
from shared.web.fields import LegalDate

may_read_funding = caller_with(*roles_with(Right.READ_FUNDING))
Reader = Annotated[Caller, Depends(may_read_funding)]
Recorder = Annotated[Caller, Depends(caller_with(*roles_with(Right.RECORD_FUNDING)))]
may_read_audit = caller_with(*roles_with(Right.READ_AUDIT))
may_manage_webhooks = caller_with(*roles_with(Right.MANAGE_WEBHOOKS))
may_read_requests = caller_with(*roles_with(Right.READ_REQUEST_LOG))
may_export = caller_with(*roles_with(Right.EXPORT))
may_follow = caller_with(*roles_with(Right.FOLLOW))
Deliverer = Annotated[Caller, Depends(caller_with(*roles_with(Right.DELIVER_FUNDING)))]
Releaser = Annotated[Caller, Depends(caller_with(*roles_with(Right.RELEASE_FUNDING)))]
PaymentConfirmer = Annotated[Caller, Depends(caller_with(*roles_with(Right.CONFIRM_PAYMENTS)))]
FinanceExporter = Annotated[Caller, Depends(caller_with(*roles_with(Right.EXPORT_FINANCE)))]
ProofSigner = Annotated[Caller, Depends(caller_with(*roles_with(Right.SIGN_PROOF)))]

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
