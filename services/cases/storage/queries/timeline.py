"""Status of persons over time, changes of the body of law, proposed referrals."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.domain.referral_rules import ProposalState
from services.cases.domain.timeline import TimelineKind
from services.cases.storage.tables import (
    LegalCircleChangeRow,
    PersonRow,
    ReferralProposalRow,
    TimelineEntryRow,
)
from shared.database.filter_values import yes_or_no
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

_Later = aliased(TimelineEntryRow)
_Record = aliased(PersonRow)


def _going_on(entry: Any) -> ColumnElement[Any]:
    """The record that goes on after a merge, or the person's own."""
    query = select(func.coalesce(col(_Record.merged_into_id), col(_Record.id)))
    return query.where(col(_Record.id) == col(entry.person_id)).correlate(entry).scalar_subquery()


# What the record that goes on ended or corrected in a merged one counts while they are merged.
IS_REPLACED: ColumnElement[Any] = (
    select(col(_Later.id))
    .where(
        col(_Later.tenant_id) == col(TimelineEntryRow.tenant_id),
        col(_Later.replaces_id) == col(TimelineEntryRow.id),
        _going_on(_Later) == _going_on(TimelineEntryRow),
    )
    .correlate(TimelineEntryRow)
    .exists()
)
# A person under `person_id` with every record merged into it.
RECORDS_OF_PERSON = select(col(_Record.id)).where(
    or_(
        col(_Record.id) == bindparam("person_id"),
        col(_Record.merged_into_id) == bindparam("person_id"),
    )
)
ENTRY = (
    col(TimelineEntryRow.id),
    col(TimelineEntryRow.person_id),
    col(TimelineEntryRow.kind),
    col(TimelineEntryRow.code),
    col(TimelineEntryRow.paragraph),
    col(TimelineEntryRow.paragraph_need),
    col(TimelineEntryRow.list_version),
    col(TimelineEntryRow.from_on),
    col(TimelineEntryRow.to_on),
    col(TimelineEntryRow.source),
    col(TimelineEntryRow.source_basis),
    col(TimelineEntryRow.replaces_id),
    col(TimelineEntryRow.correction_reason),
    col(TimelineEntryRow.recorded_by),
    col(TimelineEntryRow.recorded_at),
    IS_REPLACED.label("is_replaced"),
)
ENTRY_VIEW = View(
    select(*ENTRY).where(col(TimelineEntryRow.id) == bindparam("entry_id")),
    log=ReadLog("timeline-entry"),
)


TIMELINE_OF_PERSON = ListView(
    select(*ENTRY).where(col(TimelineEntryRow.person_id).in_(RECORDS_OF_PERSON)),
    filters={
        "kind": Filter(col(TimelineEntryRow.kind), TimelineKind),
        "isReplaced": Filter(IS_REPLACED, yes_or_no),
        "fromOn": Filter(col(TimelineEntryRow.from_on), date.fromisoformat, ("gte", "lte")),
    },
    sorts={"fromOn": "from_on", "recordedAt": "recorded_at"},
    default_sort="-fromOn",
    log=ReadLog("timeline-entry"),
)
TIMELINES = ListView(
    select(*ENTRY),
    filters={
        "personId": Filter(col(TimelineEntryRow.person_id), UUID, ("eq", "in")),
        "kind": Filter(col(TimelineEntryRow.kind), TimelineKind),
        "isReplaced": Filter(IS_REPLACED, yes_or_no),
    },
    sorts={"id": "id"},
    default_sort="id",
    log=ReadLog("timeline-entry"),
)
ENTRY_ROW = Statement(select(*ENTRY).where(col(TimelineEntryRow.id) == bindparam("entry_id")))
# What held of a kind on a day: not replaced, begun, not ended; the latest beginning first.
ENTRIES_IN_FORCE = Statement(
    select(*ENTRY)
    .where(
        col(TimelineEntryRow.person_id).in_(RECORDS_OF_PERSON),
        col(TimelineEntryRow.kind) == bindparam("kind"),
        col(TimelineEntryRow.from_on) <= bindparam("on"),
        func.coalesce(col(TimelineEntryRow.to_on) >= bindparam("on"), True),
        ~IS_REPLACED,
    )
    .order_by(col(TimelineEntryRow.from_on).desc(), col(TimelineEntryRow.id).desc())
)

CHANGE = tuple(
    col(getattr(LegalCircleChangeRow, name))
    for name in (
        "id", "person_id", "from_circle", "to_circle", "effective_on", "reason", "recorded_by",
        "recorded_at",
    )
)  # fmt: skip
CHANGE_VIEW = View(
    select(*CHANGE).where(col(LegalCircleChangeRow.id) == bindparam("change_id")),
    log=ReadLog("legal-circle-change"),
)
CHANGES_OF_PERSON = ListView(
    select(*CHANGE).where(col(LegalCircleChangeRow.person_id).in_(RECORDS_OF_PERSON)),
    filters={},
    sorts={"effectiveOn": "effective_on"},
    default_sort="-effectiveOn",
    log=ReadLog("legal-circle-change"),
)
CHANGES = ListView(
    select(*CHANGE),
    filters={"personId": Filter(col(LegalCircleChangeRow.person_id), UUID, ("eq", "in"))},
    sorts={"id": "id"},
    default_sort="id",
    log=ReadLog("legal-circle-change"),
)

PROPOSAL = (
    col(ReferralProposalRow.id),
    col(ReferralProposalRow.version),
    col(ReferralProposalRow.case_id),
    col(ReferralProposalRow.change_id),
    col(ReferralProposalRow.rule),
    col(ReferralProposalRow.service_code),
    func.json_build_object(
        "de", col(ReferralProposalRow.reason_de), "en", col(ReferralProposalRow.reason_en)
    ).label("reason"),
    col(ReferralProposalRow.legal_circles),
    col(ReferralProposalRow.effective_on),
    col(ReferralProposalRow.state),
    col(ReferralProposalRow.referral_id),
    col(ReferralProposalRow.dismiss_reason),
    col(ReferralProposalRow.recorded_at),
)
PROPOSAL_VIEW = View(
    select(*PROPOSAL).where(col(ReferralProposalRow.id) == bindparam("proposal_id")),
    log=ReadLog("referral-proposal"),
)


PROPOSALS_OF_CASE = ListView(
    select(*PROPOSAL).where(col(ReferralProposalRow.case_id) == bindparam("case_id")),
    filters={"state": Filter(col(ReferralProposalRow.state), ProposalState)},
    sorts={"effectiveOn": "effective_on", "recordedAt": "recorded_at"},
    default_sort="effectiveOn",
    log=ReadLog("referral-proposal"),
)
PROPOSALS = ListView(
    select(*PROPOSAL),
    filters={
        "caseId": Filter(col(ReferralProposalRow.case_id), UUID, ("eq", "in")),
        "state": Filter(col(ReferralProposalRow.state), ProposalState),
    },
    sorts={"id": "id"},
    default_sort="id",
    log=ReadLog("referral-proposal"),
)
PROPOSAL_ROW = Statement(
    select(
        col(ReferralProposalRow.id),
        col(ReferralProposalRow.case_id),
        col(ReferralProposalRow.state),
        col(ReferralProposalRow.version),
    ).where(col(ReferralProposalRow.id) == bindparam("proposal_id"))
)
# Open cases that a person belongs to: as the client, or as a present member of the family; under
# any of the records that were merged into this one.
OPEN_CASES_OF_PERSON = Statement(
    "with record as (select id from person where id = :person_id or merged_into_id = :person_id)"
    " select c.id from case_record c where (c.person_id in (select id from record)"
    " or c.family_id in (select m.family_id from family_member m"
    "   where m.person_id in (select id from record) and m.to_on is null))"
    " and c.state not in ('CLOSED', 'DECLINED', 'ERASED') and not c.is_processing_restricted"
    " order by c.id"
)
PERSON_EXISTS = View(select(col(PersonRow.id)).where(col(PersonRow.id) == bindparam("person_id")))
