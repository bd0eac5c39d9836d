"""Parts of referrals, for many referrals at once: each only where the referral itself is seen."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select, union_all
from sqlmodel import col

from services.referrals.storage.attached_files import ATTACHMENT
from services.referrals.storage.exchange import AMENDMENT, MESSAGE
from services.referrals.storage.feed import EVENT
from services.referrals.storage.links import LINK
from services.referrals.storage.notices import PROPOSAL
from services.referrals.storage.queries import MINE
from services.referrals.storage.tables import (
    AccessLinkRow,
    AmendmentRow,
    AttachmentRow,
    CounterProposalRow,
    MessageRow,
    RecipientRecordRow,
    ReferralEventRow,
    ReferralRow,
    SenderRecordRow,
)
from shared.database.filters import instant
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView

R = ReferralRow


def _seen(row: Any, *columns: Any) -> Select[Any]:
    """Those of referrals on which the caller stands; `queries.sight` says how."""
    its_own = and_(col(R.tenant_id) == col(row.tenant_id), col(R.id) == col(row.referral_id))
    return select(*columns).where(exists(select(col(R.id)).where(its_own, MINE)))


def _by_referral(row: Any) -> dict[str, Filter]:
    return {"referralId": Filter(col(row.referral_id), UUID, ("eq", "in"))}


_OF_REFERRAL = ReadLog("referral", column="referral_id")

AMENDMENTS = ListView(
    _seen(AmendmentRow, *AMENDMENT, col(AmendmentRow.referral_id)),
    filters=_by_referral(AmendmentRow),
    sorts={"at": "at", "id": "id"},
    default_sort="-at",
    log=_OF_REFERRAL,
)
MESSAGES = ListView(
    _seen(MessageRow, *MESSAGE),
    filters=_by_referral(MessageRow),
    sorts={"at": "at", "id": "id"},
    default_sort="-at",
    log=ReadLog("referral-message"),
)
PROPOSALS = ListView(
    _seen(CounterProposalRow, *PROPOSAL),
    filters=_by_referral(CounterProposalRow)
    | {"state": Filter(col(CounterProposalRow.state), str, ("eq", "in"))},
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
    log=_OF_REFERRAL,
)
ATTACHMENTS = ListView(
    _seen(AttachmentRow, *ATTACHMENT),
    filters=_by_referral(AttachmentRow)
    | {"category": Filter(col(AttachmentRow.category), str, ("eq", "in"))},
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
    log=ReadLog("attachment"),
)


class OfOwnCase(Filter):
    """Referrals that the caller's own side ties to a case: sent from it, or become it."""

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        tied = (
            select(col(side.id)).where(
                Filter(col(side.case_id), self.parse, self.operators).condition(operator, parameter)
            )
            for side in (SenderRecordRow, RecipientRecordRow)
        )
        return col(ReferralEventRow.referral_id).in_(union_all(*tied))


EVENTS = ListView(
    _seen(ReferralEventRow, *EVENT),
    filters=_by_referral(ReferralEventRow)
    | {
        "caseId": OfOwnCase(col(ReferralEventRow.referral_id), UUID, ("eq", "in")),
        "type": Filter(col(ReferralEventRow.type), str, ("eq", "in")),
        "at": Filter(col(ReferralEventRow.at), instant, ("gte", "lt")),
    },
    sorts={"at": "at", "id": "id"},
    default_sort="-at",
    hidden=("feed_tx",),
    log=_OF_REFERRAL,
)
LINKS = ListView(
    _seen(AccessLinkRow, *LINK),
    filters=_by_referral(AccessLinkRow),
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
    log=ReadLog("access-link"),
)
