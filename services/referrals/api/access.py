"""Which permission opens which door: the domain's table, asked by the endpoints."""

from typing import Annotated

from fastapi import Depends, Request

from services.referrals.domain.access import Permission, permissions
from services.referrals.domain.deadlines import Deadlines
from services.referrals.operations.link import LinkTerms
from shared.kernel.caller import Caller
from shared.kernel.errors import NotPermitted
from shared.kernel.scopes import scopes_permit
from shared.web.access import CallerCheck, CurrentCaller, door


def caller_who_may(*any_of: Permission) -> CallerCheck:
    """A dependency: the caller, who must hold one of the permissions. Raises NotPermitted (403)."""

    async def check(caller: CurrentCaller) -> Caller:
        permitted = permissions(caller.roles, caller.unit_type) & set(any_of)
        if not any(scopes_permit(caller.scopes, "referrals", one) for one in permitted):
            raise NotPermitted
        return caller

    return door(check)


may_send = caller_who_may(Permission.SEND)
Sender = Annotated[Caller, Depends(may_send)]
may_receive = caller_who_may(Permission.RECEIVE)
Recipient = Annotated[Caller, Depends(may_receive)]
may_send_or_receive = caller_who_may(Permission.SEND, Permission.RECEIVE)
EitherSide = Annotated[Caller, Depends(may_send_or_receive)]
Decider = Annotated[Caller, Depends(caller_who_may(Permission.SEND, Permission.DECIDE_DISCLOSURE))]
DisclosureReader = Annotated[
    Caller,
    Depends(caller_who_may(Permission.SEND, Permission.RECEIVE, Permission.DECIDE_DISCLOSURE)),
]
Coordination = Annotated[Caller, Depends(caller_who_may(Permission.ASSIGN))]
may_signpost = caller_who_may(Permission.SIGNPOST)
Signposter = Annotated[Caller, Depends(may_signpost)]
may_read_directory = caller_who_may(Permission.READ_DIRECTORY)
DirectoryReader = Annotated[Caller, Depends(may_read_directory)]
DirectoryWriter = Annotated[Caller, Depends(caller_who_may(Permission.WRITE_DIRECTORY))]
CapacityWriter = Annotated[
    Caller, Depends(caller_who_may(Permission.OFFER, Permission.WRITE_DIRECTORY))
]
may_export = caller_who_may(Permission.EXPORT)
may_follow = caller_who_may(Permission.FOLLOW)
may_read_audit = caller_who_may(Permission.READ_AUDIT)
may_manage_webhooks = caller_who_may(Permission.MANAGE_WEBHOOKS)
may_read_requests = caller_who_may(Permission.READ_REQUEST_LOG)
FigureReader = Annotated[Caller, Depends(caller_who_may(Permission.READ_STATISTICS))]
RuleWriter = Annotated[Caller, Depends(caller_who_may(Permission.WRITE_ROUTING))]


async def current_deadlines(request: Request) -> Deadlines:
    found: Deadlines = request.app.state.deadlines
    return found


async def current_link_terms(request: Request) -> LinkTerms:
    found: LinkTerms = request.app.state.link_terms
    return found


CurrentLinkTerms = Annotated[LinkTerms, Depends(current_link_terms)]
CurrentDeadlines = Annotated[Deadlines, Depends(current_deadlines)]
