"""Proofs of use, as published and as the operations need them."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, bindparam, func, select, true
from sqlmodel import col

from services.funding.domain.proof_lifecycle import PROOF_LIFECYCLE
from services.funding.storage.queries.moments import allowed_actions
from services.funding.storage.tables import ProofFigureRow, ProofRow, ProofVersionRow
from shared.database.filter_values import yes_or_no
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

VERSION = (
    col(ProofVersionRow.number),
    col(ProofVersionRow.book),
    col(ProofVersionRow.ledger_sequence),
    func.encode(col(ProofVersionRow.ledger_hash), "hex", type_=String).label("ledger_hash"),
    col(ProofVersionRow.made_at),
    col(ProofVersionRow.submitted_at),
    col(ProofVersionRow.signed_at),
    col(ProofVersionRow.signed_role),
    col(ProofVersionRow.query),
    col(ProofVersionRow.sha256_json),
    col(ProofVersionRow.sha256_csv),
    col(ProofVersionRow.sha256_pdf),
)
VERSIONS = json_list(
    select(*VERSION)
    .where(
        col(ProofVersionRow.tenant_id) == col(ProofRow.tenant_id),
        col(ProofVersionRow.proof_id) == col(ProofRow.id),
    )
    .correlate(ProofRow)
    .order_by(col(ProofVersionRow.number))
).label("versions")
PROOF = (
    col(ProofRow.id),
    col(ProofRow.version),
    col(ProofRow.award_id),
    col(ProofRow.allocation_id),
    col(ProofRow.regime),
    col(ProofRow.state),
    col(ProofRow.due_on),
    col(ProofRow.is_overdue),
    col(ProofRow.query),
    col(ProofRow.accepted_on),
    col(ProofRow.recovery_cents),
    col(ProofRow.recovery_ground),
    col(ProofRow.refused_items),
    col(ProofRow.decision_ref),
    col(ProofRow.settlement_ref),
    VERSIONS,
    allowed_actions(col(ProofRow.state), PROOF_LIFECYCLE),
    col(ProofRow.created_at),
    col(ProofRow.updated_at),
)


PROOF_VIEW = View(select(*PROOF).where(col(ProofRow.id) == bindparam("proof_id")))
PROOF_LIST = ListView(
    select(*PROOF).where(true()),
    filters={
        "id": Filter(col(ProofRow.id), UUID, ("in",)),
        "awardId": Filter(col(ProofRow.award_id), UUID, ("eq", "in")),
        "allocationId": Filter(col(ProofRow.allocation_id), UUID, ("eq", "in")),
        "state": Filter(col(ProofRow.state), str, ("eq", "in")),
        "isOverdue": Filter(col(ProofRow.is_overdue), yes_or_no),
        "dueOn": Filter(col(ProofRow.due_on), date.fromisoformat, ("eq", "gte", "lte")),
    },
    sorts={"dueOn": "due_on", "updatedAt": "updated_at", "id": "id"},
    default_sort="dueOn",
)
PROOF_FOR_UPDATE = Statement(
    select(table_of(ProofRow))
    .where(col(ProofRow.id) == bindparam("proof_id"))
    .with_for_update(key_share=True)
)
OVERDUE_PROOFS = Statement(
    """
    select p.id, p.award_id, p.due_on, p.version from proof p
     where p.due_on < :today and not p.is_overdue and p.state = any(cast(:unsubmitted as text[]))
       and not exists (select from allocation a
                        where a.tenant_id = p.tenant_id and a.id = p.allocation_id
                          and a.state = any(cast(:checked as text[])))
     order by p.id for no key update
    """
)
NEWEST_VERSION = Statement(
    """
    select id, number, made_by, submitted_at, signed_at, ledger_sequence, book
      from proof_version where proof_id = :proof_id order by number desc limit 1
    """
)
VERSION_BY_NUMBER = Statement(
    select(table_of(ProofVersionRow)).where(
        col(ProofVersionRow.proof_id) == bindparam("proof_id"),
        col(ProofVersionRow.number) == bindparam("number"),
    )
)
FIGURES_OF_VERSION = Statement(
    select(table_of(ProofFigureRow))
    .where(col(ProofFigureRow.proof_version_id) == bindparam("version_id"))
    .order_by(col(ProofFigureRow.ordinal))
)
# A reversal counts with the event of the entry that it turns.
_PICKED = """
      from ledger_posting p
      join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
      join ledger_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
      join award_line l on l.tenant_id = a.tenant_id and l.id = a.award_line_id
      left join ledger_entry r on r.tenant_id = e.tenant_id and r.id = e.reverses_id
     where l.award_id = :award_id and e.sequence <= :sequence and e.book = :book
"""
POSTING_SUMS = Statement(
    f"""
    select a.award_line_id, a.code, coalesce(r.event, e.event) as event, a.allocation_id,
           a.cost_kind, p.position_id, sum(p.amount_cents)::bigint as amount_cents
    {_PICKED}
     group by 1, 2, 3, 4, 5, 6
    """
)
POSTINGS_OF_FIGURE = Statement(
    f"""
    select e.id as entry_id, e.sequence, e.event, e.value_date, e.reference, e.source_kind,
           e.source_id, a.path, a.code, p.amount_cents, p.position_id,
           (select v.number from expenditure x
              join voucher v on v.tenant_id = x.tenant_id and v.id = x.voucher_id
             where e.source_kind = 'expenditure' and x.tenant_id = e.tenant_id
               and x.id = e.source_id) as voucher_number,
           (select x.voucher_id from expenditure x
             where e.source_kind = 'expenditure' and x.tenant_id = e.tenant_id
               and x.id = e.source_id) as voucher_id
    {_PICKED}
       and a.code = any(cast(:codes as text[]))
       and (cast(:events as text[]) is null
            or coalesce(r.event, e.event) = any(cast(:events as text[])))
       and (cast(:line_id as uuid) is null or a.award_line_id = :line_id)
       and (cast(:allocation_id as uuid) is null or a.allocation_id = :allocation_id)
       and (cast(:cost_kind as text) is null or a.cost_kind = :cost_kind)
       and (cast(:position_id as uuid) is null or p.position_id = :position_id)
     order by e.sequence, p.ordinal
    """  # noqa: S608 - a constant of this module
)
POSTS_OF_AWARD = Statement(
    """
    select p.id, p.award_line_id, p.post_type
      from position p
      join award_line l on l.tenant_id = p.tenant_id and l.id = p.award_line_id
     where l.award_id = :award_id
     order by l.ordinal, p.post_type, p.id
    """
)
RECIPIENTS_OF_AWARD = Statement(
    """
    select id, award_line_id, coalesce(recipient_name, recipient_unit, '') as name
      from allocation
     where award_id = :award_id and released_by is not null
     order by id
    """
)
OPEN_CHILD_PROOFS = Statement(
    """
    select exists (
      select from allocation c
       where c.award_id = :award_id and c.released_by is not null
         and c.parent_allocation_id is not distinct from cast(:allocation_id as uuid)
         and not c.state = any(cast(:checked as text[])))
        or (cast(:allocation_id as uuid) is null and exists (
      select from allocation c
       where c.award_id = :award_id and c.released_by is not null
         and not c.state = any(cast(:checked as text[]))))
    """
)
STATE_OF_AWARD_PROOF = Statement(
    "select state from proof where award_id = :award_id and allocation_id is null"
)
AWARD_OF_PROOF = Statement("select award_id from proof where id = :proof_id")
# Corrected costs do not count.
UNDECIDED_OF_RECIPIENT = Statement(
    """
    select coalesce(sum(undecided_cents), 0)::bigint from expenditure
     where allocation_id = :allocation_id and state <> 'CORRECTED'
    """
)
# The own vouchers of the award or of one recipient; a voucher may bear several kinds of cost.
VOUCHERS_OF_PROOF = Statement(
    """
    select v.number, v.voucher_date, x.award_line_id, x.cost_kind,
           sum(x.amount_cents)::bigint as amount_cents,
           sum(x.eligible_cents)::bigint as eligible_cents
      from expenditure x
      join award_line l on l.tenant_id = x.tenant_id and l.id = x.award_line_id
      join voucher v on v.tenant_id = x.tenant_id and v.id = x.voucher_id
     where l.award_id = :award_id and x.state <> 'CORRECTED'
       and x.allocation_id is not distinct from cast(:allocation_id as uuid)
     group by v.number, v.voucher_date, x.award_line_id, x.cost_kind
     order by v.voucher_date, v.number, x.cost_kind, x.award_line_id
    """
)
JSON_OF_VERSION = Statement("select json_file from proof_version where id = :version_id")
# A voucher is filed where the document system knows it, or its content is fixed by a hash.
UNFILED_VOUCHERS = Statement(
    """
    select exists (
      select from expenditure x
        join award_line l on l.tenant_id = x.tenant_id and l.id = x.award_line_id
        join voucher v on v.tenant_id = x.tenant_id and v.id = x.voucher_id
       where l.award_id = :award_id and x.state <> 'CORRECTED'
         and x.allocation_id is not distinct from cast(:allocation_id as uuid)
         and v.document_ref is null and v.sha256 is null)
    """
)
