"""Journal entries, and manual entries that one person proposes and another posts."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder, Releaser
from services.funding.api.schemas.ledger import (
    JournalEntryPage,
    JournalEntryView,
    JournalProposalBody,
    JournalProposalPage,
    JournalProposalsBody,
    JournalProposalView,
    NewProposals,
    ReversalBody,
)
from services.funding.domain.ledger.proposals import ProposalAction
from services.funding.operations.ledger.propose import (
    NewProposal,
    act_on_proposal,
    propose,
    propose_all,
)
from services.funding.operations.ledger.reverse_entry import reverse_entry
from services.funding.storage.queries.journal import (
    ENTRY_LIST,
    ENTRY_VIEW,
    PROPOSAL_LIST,
    PROPOSAL_VIEW,
)
from shared.kernel.errors import Refusal
from shared.service.desk import CurrentReading, CurrentWriting

entries = APIRouter(prefix="/v1/journal-entries", tags=["books"])
proposals = APIRouter(prefix="/v1/journal-proposals", tags=["books"])


@entries.get(
    "",
    response_model=JournalEntryPage,
    summary="List journal entries / Buchungen auflisten",
    openapi_extra={"parameters": ENTRY_LIST.parameters()},
)
async def list_entries(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(ENTRY_LIST)


@entries.get(
    "/{entry_id}",
    response_model=JournalEntryView,
    summary="Read a journal entry / Buchung lesen",
)
async def read_entry(entry_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(ENTRY_VIEW, entry_id=entry_id)


@entries.post(
    "/{entry_id}/actions/reverse",
    status_code=201,
    response_model=JournalEntryView,
    summary="Reverse a manual entry / Manuelle Buchung stornieren",
)
async def post_reversal(
    entry_id: UUID,
    body: ReversalBody,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: reverse_entry(tx, entry_id, body.value_date, body.reason_code),
        status=201,
    )


@proposals.get(
    "",
    response_model=JournalProposalPage,
    summary="List proposed entries / Buchungsvorschläge auflisten",
    openapi_extra={"parameters": PROPOSAL_LIST.parameters()},
)
async def list_proposals(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(PROPOSAL_LIST)


@proposals.post(
    "",
    status_code=201,
    response_model=JournalProposalView,
    summary="Propose a manual entry / Manuelle Buchung vorschlagen",
)
async def post_proposal(
    body: JournalProposalBody, _: Recorder, writing: CurrentWriting
) -> Response:
    proposal = body.command()
    return await writing.run(lambda tx: propose(tx, proposal), status=201)


def _numbered(number: int, body: JournalProposalBody) -> NewProposal:
    """Raises what the entry breaks, with `item`: which of the many it is, from 0 on."""
    try:
        return body.command()
    except Refusal as refused:
        refused.facts["item"] = number
        raise


@proposals.post(
    "/bulk",
    status_code=201,
    response_model=NewProposals,
    summary="Propose up to 500 entries, all or none / Bis zu 500 Buchungen vorschlagen",
)
async def post_proposals(
    body: JournalProposalsBody, _: Recorder, writing: CurrentWriting
) -> Response:
    commands = [_numbered(number, one) for number, one in enumerate(body.items)]
    return await writing.run(lambda tx: propose_all(tx, commands), status=201)


@proposals.get(
    "/{proposal_id}",
    response_model=JournalProposalView,
    summary="Read a proposed entry / Buchungsvorschlag lesen",
)
async def read_proposal(proposal_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(PROPOSAL_VIEW, proposal_id=proposal_id)


@proposals.post(
    "/{proposal_id}/actions/post",
    response_model=JournalProposalView,
    summary="Post a proposed entry / Vorgeschlagene Buchung buchen",
)
async def post_post_proposal(proposal_id: UUID, _: Releaser, writing: CurrentWriting) -> Response:
    return await writing.run(
        lambda tx: act_on_proposal(tx, proposal_id, writing.expected_version, ProposalAction.POST),
    )


@proposals.post(
    "/{proposal_id}/actions/discard",
    response_model=JournalProposalView,
    summary="Discard a proposed entry / Buchungsvorschlag verwerfen",
)
async def post_discard_proposal(
    proposal_id: UUID, _: Releaser, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: act_on_proposal(
            tx, proposal_id, writing.expected_version, ProposalAction.DISCARD
        )
    )
