"""What the worker asks and does for retention."""

from shared.database.statements import Statement

# Units of every tenant in which something is to be done; ids only.
RETENTION_WORK = Statement("select tenant_id, unit_id from retention_work(:today)")

NEXT_RUN = Statement(
    "select id, cases_total, cases_done, cases_changed, last_case_id, started_at from rule_run"
    " where tenant_id = :tenant_id and unit_id = :unit_id"
    " and ended_at is null and from_on <= :today"
    " order by from_on, id limit 1 for update skip locked"
)
OPEN_RUN = Statement(
    "insert into rule_run"
    " (id, tenant_id, unit_id, from_on, cases_total, cases_done, cases_changed)"
    " values (:rule_id, :tenant_id, :unit_id, :from_on, 0, 0, 0) on conflict (id) do nothing"
)
FIRST_DAY_OF_RULE = Statement("select valid_from from deletion_rule where id = :rule_id")
ENDED_COUNT = Statement(
    "select count(*) from case_record where tenant_id = :tenant_id and unit_id = :unit_id"
    " and state in ('CLOSED', 'DECLINED') and closed_on is not null"
)
CASES_WITH_DUE_PARTS = Statement(
    "select distinct d.case_id from kind_deadline d join case_record c on c.id = d.case_id"
    " where d.tenant_id = :tenant_id and d.unit_id = :unit_id and d.due_on <= :today"
    " and c.state in ('CLOSED', 'DECLINED') and not c.is_under_legal_hold"
    " and c.archive_answer is not null"
    " order by d.case_id limit 1000"
)
LISTS_IN_EXECUTION = Statement(
    "select id from destruction_list where tenant_id = :tenant_id and unit_id = :unit_id"
    " and state = 'EXECUTING' order by id"
)
# The database looks once more whether the records are due; entrusted notes go with the others.
ERASE_RECORDS_DUE = Statement("select erase_records_due(:kind, :case_id)")
HAS_DOCUMENTS = Statement("select exists (select from document where case_id = :case_id)")
HAS_CONSENTS = Statement("select exists (select from consent where case_id = :case_id)")
FORGET_DUE_DEADLINES = Statement(
    "delete from kind_deadline where case_id = :case_id and due_on <= :today"
)
NOTE_KIND_ERASED = Statement(
    "insert into kind_erasure (id, tenant_id, unit_id, case_id, data_kind, records, erased_at)"
    " values (:id, :tenant_id, :unit_id, :case_id, :kind, :records, :at)"
    " on conflict (tenant_id, case_id, data_kind) do update"
    " set records = kind_erasure.records + excluded.records, erased_at = excluded.erased_at"
)
FORGET_FAMILY_MOVES = Statement("delete from family_move where case_id = :case_id")
