"""Deadlines and alerts, as published and as the worker needs them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, literal, select
from sqlmodel import col

from services.funding.domain.deadlines import DeadlineState
from services.funding.storage.tables import DeadlineRow, FundingAlertRow
from shared.database.filter_values import yes_or_no
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.views import View

STATE = case(
    (col(DeadlineRow.done_at).is_not(None), literal(DeadlineState.DONE.value)),
    (col(DeadlineRow.missed_at).is_not(None), literal(DeadlineState.MISSED.value)),
    (col(DeadlineRow.warned_at).is_not(None), literal(DeadlineState.NEAR.value)),
    else_=literal(DeadlineState.OPEN.value),
)
DEADLINE = (
    col(DeadlineRow.id),
    col(DeadlineRow.version),
    col(DeadlineRow.kind),
    STATE.label("state"),
    col(DeadlineRow.subject_kind),
    col(DeadlineRow.subject_id),
    col(DeadlineRow.stated_on),
    col(DeadlineRow.due_on),
    col(DeadlineRow.warned_at),
    col(DeadlineRow.missed_at),
    col(DeadlineRow.done_at),
    col(DeadlineRow.created_at),
    col(DeadlineRow.updated_at),
)
DEADLINE_VIEW = View(select(*DEADLINE).where(col(DeadlineRow.id) == bindparam("deadline_id")))
DEADLINE_LIST = ListView(
    select(*DEADLINE),
    filters={
        "id": Filter(col(DeadlineRow.id), UUID, ("in",)),
        "kind": Filter(col(DeadlineRow.kind), str, ("eq", "in")),
        "state": Filter(STATE, str, ("eq", "in")),
        "subjectId": Filter(col(DeadlineRow.subject_id), UUID, ("eq", "in")),
        "dueOn": Filter(col(DeadlineRow.due_on), date.fromisoformat, ("eq", "gte", "lte")),
    },
    sorts={"dueOn": "due_on", "updatedAt": "updated_at", "id": "id"},
    default_sort="dueOn",
)


ALERT: tuple[Any, ...] = (
    col(FundingAlertRow.id),
    col(FundingAlertRow.code),
    col(FundingAlertRow.subject_kind),
    col(FundingAlertRow.subject_id),
    col(FundingAlertRow.facts).label("figures"),
    col(FundingAlertRow.raised_at),
    col(FundingAlertRow.resolved_at),
    col(FundingAlertRow.resolved_at).is_(None).label("is_open"),
)
ALERT_VIEW = View(select(*ALERT).where(col(FundingAlertRow.id) == bindparam("alert_id")))
ALERT_LIST = ListView(
    select(*ALERT),
    filters={
        "id": Filter(col(FundingAlertRow.id), UUID, ("in",)),
        "code": Filter(col(FundingAlertRow.code), str, ("eq", "in")),
        "subjectKind": Filter(col(FundingAlertRow.subject_kind), str, ("eq", "in")),
        "subjectId": Filter(col(FundingAlertRow.subject_id), str, ("eq", "in")),
        "isOpen": Filter(col(FundingAlertRow.resolved_at).is_(None), yes_or_no),
    },
    sorts={"raisedAt": "raised_at", "id": "id"},
    default_sort="-raisedAt",
)
# One worker at a time keeps a tenant's deadlines; the second then finds nothing left to tell.
KEEPING_LOCK = Statement(
    "select pg_advisory_xact_lock(hashtextextended('deadlines|' || cast(:tenant_id as text), 0))"
)
DEADLINES = Statement(select(table_of(DeadlineRow)))
DEADLINE_FOR_UPDATE = Statement(
    select(table_of(DeadlineRow))
    .where(col(DeadlineRow.id) == bindparam("deadline_id"))
    .with_for_update(key_share=True)
)
OPEN_DEADLINES = Statement(
    select(table_of(DeadlineRow))
    .where(col(DeadlineRow.done_at).is_(None))
    .order_by(col(DeadlineRow.due_on), col(DeadlineRow.id))
    .with_for_update(key_share=True)
)
OPEN_ALERTS = Statement(
    select(table_of(FundingAlertRow)).where(col(FundingAlertRow.resolved_at).is_(None))
)
# Deadlines and alerts are about real money: the practice book has none.
AWARD_DATES = Statement("""
with applied as (
  select l.tenant_id, l.award_id, l.is_additional
    from award_line l
    join award w on w.tenant_id = l.tenant_id and w.id = l.award_id
   cross join lateral (select coalesce(w.awarded_on, make_date(w.fiscal_year, 1, 1)) as day) n
    left join funding_line r
      on r.tenant_id = l.tenant_id and r.funding_line = l.funding_line
     and r.released_by is not null and r.valid_from <= n.day
     and (r.valid_to is null or r.valid_to >= n.day)
   where coalesce(r.legal_form = 'ZUWENDUNG_RICHTLINIE',
                  l.funding_line = any(cast(:applied_lines as text[])))
)
select a.id, a.fiscal_year, a.state, a.notified_on, a.proof_due_on,
       (select p.accepted_on from proof p
         where p.tenant_id = a.tenant_id and p.award_id = a.id and p.allocation_id is null
       ) as proof_accepted_on,
       (select v.valid_to from award_version v
         where v.tenant_id = a.tenant_id and v.award_id = a.id and v.approved_at is not null
         order by v.number desc limit 1) as valid_to,
       exists (select from applied l
                where l.tenant_id = a.tenant_id and l.award_id = a.id and not l.is_additional
              ) as is_applied_for,
       exists (select from award f
                where f.tenant_id = a.tenant_id and f.fiscal_year = a.fiscal_year + 1
                  and f.book = 'LIVE' and f.state not in ('EXPECTED', 'WITHDRAWN_APPLICATION')
                  and exists (select from applied l
                               where l.tenant_id = f.tenant_id and l.award_id = f.id)
       ) as has_successor
  from award a
 where a.released_by is not null and a.book = 'LIVE'
 order by a.id""")
ALLOCATION_DATES = Statement("""
select l.id, l.state, (l.terms ->> 'proofDueOn')::date as proof_due_on
  from allocation l
  join award a on a.tenant_id = l.tenant_id and a.id = l.award_id and a.book = 'LIVE'
 where l.terms is not null and l.released_by is not null
 order by l.id""")
SUBJECT_EXISTS = Statement("""
select exists (select from award where id = :subject_id and :kind = 'AWARD')
    or exists (select from allocation where id = :subject_id and :kind = 'ALLOCATION')""")
# Posts, and people on them, that stay longer than the award that pays them with its follow-ups.
OUTLASTING_POSTS = Statement("""
with recursive chain as (
  select a.tenant_id, a.id as root, a.id from award a
   where a.state = any(cast(:granted as text[])) and a.book = 'LIVE'
  union all
  select f.tenant_id, c.root, f.id from chain c
    join award f on f.tenant_id = c.tenant_id and f.follows_award_id = c.id
   where f.state = any(cast(:granted as text[]))
), paid as (
  select c.tenant_id, c.root, max(v.valid_to) as award_until from chain c
    join award_version v
      on v.tenant_id = c.tenant_id and v.award_id = c.id and v.approved_at is not null
   group by c.tenant_id, c.root
), post as (
  select p.tenant_id, p.id, l.award_id,
         greatest(p.valid_to, (
           select max(o.until) from occupancy o
            where o.tenant_id = p.tenant_id and o.position_id = p.id and o.programme = 'KIM'
         )) as position_until
    from position p
    join award_line l on l.tenant_id = p.tenant_id and l.id = p.award_line_id
   where not p.has_other_source
)
select post.id, post.position_until, paid.award_until
  from post join paid on paid.tenant_id = post.tenant_id and paid.root = post.award_id
 where post.position_until > paid.award_until
 order by post.id""")
