"""Statements of the opening of books: what is granted and has no entries yet."""

from services.funding.domain.award_lifecycle import GRANTED_STATES
from shared.database.statements import Statement

_GRANTED = ", ".join(f"'{state.value}'" for state in sorted(GRANTED_STATES))

AWARDS_TO_OPEN = Statement(
    f"""
    select a.id from award a
     where a.state in ({_GRANTED}) and a.released_by is not null and not exists (
       select from ledger_entry e
         join award_line l on l.tenant_id = e.tenant_id and l.id = e.award_line_id
        where l.tenant_id = a.tenant_id and l.award_id = a.id)
     order by a.awarded_on, a.id
    """  # noqa: S608 - states from code
)
HAS_ENTRIES = Statement(
    """
    select exists (
      select from ledger_entry e
        join award_line l on l.tenant_id = e.tenant_id and l.id = e.award_line_id
       where l.award_id = :award_id)
    """
)
ENTRIES_OF_AWARD = Statement(
    """
    select count(*) from ledger_entry e
      join award_line l on l.tenant_id = e.tenant_id and l.id = e.award_line_id
     where l.award_id = :award_id
    """
)
APPROVED_VERSIONS = Statement(
    """
    select id, number, effective_from, recorded_by, approved_at from award_version
     where award_id = :award_id and approved_at is not null order by number
    """
)
ALLOCATIONS_TO_OPEN = Statement(
    """
    select * from allocation
     where award_id = :award_id and released_by is not null and state <> 'CANCELLED'
     order by depth, id
    """
)
ALLOCATION_VERSIONS = Statement(
    """
    select number, effective_from, valid_from, amount_cents, recorded_by, approved_at
      from allocation_version
     where allocation_id = :allocation_id and approved_at is not null order by number
    """
)
