"""Manual entries: proposed by one person, posted or discarded by another."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.funding.domain.acts import POST_PROPOSAL, is_for
from services.funding.domain.ledger.accounts import MANUAL_CODES
from services.funding.domain.ledger.entries import Posting
from shared.kernel.errors import RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class ProposalState(StrEnum):
    PROPOSED = "PROPOSED"
    POSTED = "POSTED"
    DISCARDED = "DISCARDED"


class ProposalAction(StrEnum):
    POST = "post"
    DISCARD = "discard"


class AccountNotManual(RuleViolated):
    """`account` has commands of its own; `allowed` lists the codes that people may post."""

    code = "account-not-manual"
    title = Text(
        de="Auf dieses Konto bucht nur der Vorgang, zu dem es gehört.",
        en="Only the step that this account belongs to posts on it.",
    )


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    proposed_by: str
    acting: str


FOUR_EYES: Final[Guard[ProposalFacts]] = Guard(
    "four-eyes",
    lambda facts: is_for(POST_PROPOSAL, facts.acting, facts.proposed_by),
    Text(
        de="Wer eine Buchung vorschlägt, bucht sie nicht selbst.",
        en="Whoever proposes an entry does not post it.",
    ),
    "four eyes",
)

PROPOSAL_LIFECYCLE: Final[Lifecycle[ProposalState, ProposalAction, ProposalFacts]] = Lifecycle(
    "journal-proposal",
    states=ProposalState,
    actions=ProposalAction,
    initial=ProposalState.PROPOSED,
    moves={
        ProposalState.PROPOSED: {
            ProposalAction.POST: Move(ProposalState.POSTED, "J1", (FOUR_EYES,)),
            ProposalAction.DISCARD: Move(ProposalState.DISCARDED, "J2"),
        },
        ProposalState.POSTED: {},
        ProposalState.DISCARDED: {},
    },
)


def require_manual(postings: Iterable[Posting]) -> None:
    """Raises AccountNotManual for an account that only its own command posts on."""
    for posting in postings:
        if posting.account.code not in MANUAL_CODES:
            raise AccountNotManual(
                account=posting.account.code.value,
                allowed=sorted(code.value for code in MANUAL_CODES),
            )
