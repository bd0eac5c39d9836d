"""Who may enter here: rights from the table of the domain, and blindness before everything."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request

from services.cases.domain.access import Right, is_blind, may
from services.cases.domain.practice import Practice
from services.cases.operations.put_by_external import delivering_caller
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound, NotPermitted
from shared.kernel.scopes import scopes_permit
from shared.service.desk import CurrentWriting, Writing
from shared.web.access import CallerCheck, CurrentCaller, door


def with_right(right: Right) -> CallerCheck:
    """A dependency: the caller, who must have the right.

    Raises NotFound for who is blind to cases (R-A2): to them nothing here exists. Raises
    NotPermitted (403) for everybody else without the right.
    """

    async def check(caller: CurrentCaller) -> Caller:
        if is_blind(caller.roles, caller.unit_type):
            raise NotFound
        if not may(caller.roles, caller.unit_type, right):
            raise NotPermitted
        if not scopes_permit(caller.scopes, "cases", right):
            raise NotPermitted
        return caller

    return door(check)


CaseImporter = Annotated[Caller, Depends(with_right(Right.IMPORT_CASES))]


@door
async def visible(caller: CurrentCaller) -> Caller:
    """Whoever is not blind to cases: for what concerns cases and nobody's data."""
    if is_blind(caller.roles, caller.unit_type):
        raise NotFound
    return caller


async def delivering(caller: CaseImporter, writing: CurrentWriting) -> Writing:
    """Writes in the name of who delivers. A machine gets the policies of case staff for this one
    transaction: it stores and compares, and its answer tells outcome and ids only.
    """
    as_staff = delivering_caller(caller)
    return replace(writing, circumstances=replace(writing.circumstances, caller=as_staff))


async def exporting(caller: Annotated[Caller, Depends(with_right(Right.EXPORT_FILES))]) -> Caller:
    """As in a delivery: the machine gets the policies of case staff of its own unit."""
    return delivering_caller(caller)


FileExporter = Annotated[Caller, Depends(exporting)]


async def current_practice(request: Request) -> Practice:
    practice: Practice = request.app.state.practice
    return practice


CaseWriter = Annotated[Caller, Depends(with_right(Right.CHANGE_CASES))]
FigureReader = Annotated[Caller, Depends(with_right(Right.READ_FIGURES))]
ControllingReader = Annotated[Caller, Depends(with_right(Right.READ_CONTROLLING))]
ExtractReader = Annotated[Caller, Depends(with_right(Right.READ_EXTRACTS))]
CurrentDelivery = Annotated[Writing, Depends(delivering)]
may_read_audit = with_right(Right.READ_AUDIT)
AuditReader = Annotated[Caller, Depends(may_read_audit)]
may_manage_webhooks = with_right(Right.MANAGE_WEBHOOKS)
may_read_requests = with_right(Right.READ_REQUEST_LOG)
may_follow = with_right(Right.FOLLOW)
may_export = with_right(Right.EXPORT)
may_read_cases = with_right(Right.READ_CASES)
CaseReader = Annotated[Caller, Depends(may_read_cases)]
may_keep_staff = with_right(Right.KEEP_STAFF)
StaffKeeper = Annotated[Caller, Depends(may_keep_staff)]
may_read_findings = with_right(Right.READ_FINDINGS)
FindingReader = Annotated[Caller, Depends(may_read_findings)]
may_read_meetings = with_right(Right.READ_MEETINGS)
MeetingReader = Annotated[Caller, Depends(may_read_meetings)]
DestructionHandler = Annotated[Caller, Depends(with_right(Right.HANDLE_DESTRUCTION))]
RuleSetter = Annotated[Caller, Depends(with_right(Right.SET_DELETION_RULES))]
FindingRecorder = Annotated[Caller, Depends(with_right(Right.RECORD_FINDINGS))]
FindingWorker = Annotated[Caller, Depends(with_right(Right.WORK_ON_FINDINGS))]
RestrictionReleaser = Annotated[Caller, Depends(with_right(Right.RELEASE_RESTRICTED))]
may_read_rights = with_right(Right.READ_RIGHTS)
RightsReader = Annotated[Caller, Depends(may_read_rights)]
RightsHandler = Annotated[Caller, Depends(with_right(Right.HANDLE_RIGHTS))]
MeetingKeeper = Annotated[Caller, Depends(with_right(Right.KEEP_MEETINGS))]
CaseTypeKeeper = Annotated[Caller, Depends(with_right(Right.KEEP_CASE_TYPES))]
DeputyKeeper = Annotated[Caller, Depends(with_right(Right.KEEP_DEPUTIES))]
EmergencyOpener = Annotated[Caller, Depends(with_right(Right.OPEN_EMERGENCY))]
EmergencyReader = Annotated[Caller, Depends(with_right(Right.READ_EMERGENCIES))]
EmergencyReviewer = Annotated[Caller, Depends(with_right(Right.REVIEW_EMERGENCIES))]
ScopeSetter = Annotated[Caller, Depends(with_right(Right.SET_ACCESS_SCOPES))]
VisibleCaller = Annotated[Caller, Depends(visible)]
CurrentPractice = Annotated[Practice, Depends(current_practice)]
