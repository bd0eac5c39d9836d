"""External ids, what was delivered under them, and from where each value came."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_, select
from sqlalchemy import literal_column as sql
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.domain.external_ids import ExternalKind
from services.cases.storage.queries.cases import CASE, DETAILS, IS_WHEREABOUTS_MASKED
from services.cases.storage.queries.facts import facts_object
from services.cases.storage.queries.people import PERSON
from services.cases.storage.queries.person_parts import WHOLE_PERSON
from services.cases.storage.tables import CaseRow, DeliveryRow, ExternalIdRow, PersonRow
from shared.database.gate import ReadLog
from shared.database.statements import Statement
from shared.database.views import View

# Numbers first, by their index, then each record by its key. `offset 0` keeps that order, which the
# planner would turn round where a table has grown since it was last analysed. A column compared
# with `coalesce(…)` has no use of its index under row-level security: taken for leaky.
_NUMBERS = (
    "with e as materialized (select value, {0} as id from external_id"
    " where tenant_id = :tenant_id and unit_id = :unit_id and kind = '{1}' and system = :system"
    " and value = any(:numbers))"
)
_LAST = (
    " left join lateral (select values_json from delivery"
    " where tenant_id = :tenant_id and {0} = e.id and source_system = :system"
    " order by id desc limit 1) d on true"
)
KNOWN_CASES = Statement(
    _NUMBERS.format("case_id", ExternalKind.CASE)  # noqa: S608 - constants
    + " select e.value, e.id, e.id as present_id, c.family_id, d.values_json from e"
    " cross join lateral (select family_id from case_record"
    " where tenant_id = :tenant_id and id = e.id offset 0) c" + _LAST.format("case_id")
)
KNOWN_PERSONS = Statement(
    _NUMBERS.format("person_id", ExternalKind.PERSON)  # noqa: S608 - constants
    + " select e.value, e.id, p.present_id, m.family_id, d.values_json from e"
    " cross join lateral (select coalesce(merged_into_id, id) as present_id from person"
    " where tenant_id = :tenant_id and id = e.id offset 0) p"
    " left join lateral (select family_id from family_member"
    " where tenant_id = :tenant_id and person_id = p.present_id and to_on is null"
    " order by id desc limit 1) m on true" + _LAST.format("person_id")
)
_DIGEST = (
    "cast(left(encode(sha256(convert_to(concat_ws('/', {0}, {1}, {2}, {3}), 'UTF8')), 'hex'), 32)"
    " as uuid)"
)
# Before the external ids go with the case file.
KEEP_DIGESTS = Statement(
    "insert into erased_number (id, tenant_id, unit_id, digest, erased_at)"  # noqa: S608 - constants
    " select gen_random_uuid(), tenant_id, unit_id,"
    f" {_DIGEST.format('tenant_id', 'unit_id', 'system', 'value')}, now()"
    " from external_id where tenant_id = :tenant_id and case_id = :case_id"
    " on conflict (tenant_id, unit_id, digest) do nothing"
)
_DIGEST_OF_NUMBER = _DIGEST.format(
    "cast(:tenant_id as text)", "cast(:unit_id as text)", "cast(:system as text)", "value"
)
ERASED_NUMBERS = Statement(
    f"with n as materialized (select value, {_DIGEST_OF_NUMBER} as digest"  # noqa: S608 - constants
    " from unnest(cast(:numbers as text[])) value)"
    " select n.value from n join erased_number e on e.tenant_id = :tenant_id"
    " and e.unit_id = :unit_id and e.digest = n.digest"
)
CASE_TO_DELIVER = Statement(
    "select id, version, state, unit_id, is_processing_restricted, pseudonym, contact, language,"
    " municipality_ags, other_basis, family_id from case_record"
    " where id = :case_id for update"
)
SET_COHORT = Statement(
    "update family set arrival_cohort = :arrival_cohort, version = version + 1, updated_at = now()"
    " where id = :family_id"
)
VERSION_OF = {
    ExternalKind.PERSON: Statement("select version from person where id = :record_id"),
    ExternalKind.CASE: Statement("select version from case_record where id = :record_id"),
}
# A change by hand is worth a line where something was delivered before.
HAND_CHANGE = {
    kind: Statement(
        "insert into delivery (id, tenant_id, unit_id, person_id, case_id, values_json,"  # noqa: S608 - one of two column names
        " delivered_by, delivered_at) select :id, d.tenant_id, d.unit_id, d.person_id, d.case_id,"
        f" :values_json, :delivered_by, :delivered_at from delivery d where d.{column} = :record_id"
        " limit 1"
    )
    for kind, column in ((ExternalKind.PERSON, "person_id"), (ExternalKind.CASE, "case_id"))
}


def _deliveries(record: ColumnElement[bool], values: Any) -> ColumnElement[Any]:
    return (
        select(
            func.coalesce(
                func.json_agg(
                    aggregate_order_by(func.json_build_object(
                        "record_id", func.coalesce(DeliveryRow.person_id, DeliveryRow.case_id),
                        "source_system", col(DeliveryRow.source_system),
                        "import_id", col(DeliveryRow.import_id),
                        "sender_unit", col(DeliveryRow.sender_unit),
                        "by", col(DeliveryRow.delivered_by),
                        "at", col(DeliveryRow.delivered_at),
                        "values", values,
                    ), col(DeliveryRow.id))
                ),
                sql("'[]'::json"),
            )
        )
        .where(record)
        .scalar_subquery()
    )  # fmt: skip


_other: Any = aliased(PersonRow)
PROVENANCE_OF_PERSON = View(
    select(
        col(PersonRow.id),
        _deliveries(
            or_(
                col(DeliveryRow.person_id) == bindparam("person_id"),
                col(DeliveryRow.person_id).in_(
                    select(_other.id).where(_other.merged_into_id == bindparam("person_id"))
                ),
            ),
            col(DeliveryRow.values_json),
        ).label("facts"),
    ).where(col(PersonRow.id) == bindparam("person_id")),
    log=ReadLog("person"),
)  # fmt: skip
PROVENANCE_OF_CASE = View(
    select(
        col(CaseRow.id),
        _deliveries(
            col(DeliveryRow.case_id) == bindparam("case_id"),
            case(
                (
                    IS_WHEREABOUTS_MASKED,
                    func.jsonb_delete(
                        func.jsonb_delete(DeliveryRow.values_json, "contact"), "municipalityAgs"
                    ),
                ),
                else_=col(DeliveryRow.values_json),
            ),
        ).label("facts"),
    ).where(col(CaseRow.id) == bindparam("case_id")),
    log=ReadLog("case"),
)
_NUMBER = (
    col(ExternalIdRow.system) == bindparam("system"),
    col(ExternalIdRow.value) == bindparam("number"),
)
# A merged record answers with the one that stays in use.
PERSON_BY_NUMBER = View(
    select(*PERSON, *WHOLE_PERSON).where(
        col(PersonRow.id)
        == select(func.coalesce(_other.merged_into_id, _other.id))
        .select_from(ExternalIdRow)
        .join(_other, _other.id == col(ExternalIdRow.person_id))
        .where(*_NUMBER, col(ExternalIdRow.kind) == ExternalKind.PERSON.value)
        .scalar_subquery()
    ),
    log=ReadLog("person"),
)
CASE_BY_NUMBER = View(
    select(*CASE, *DETAILS, facts_object("facts")).where(
        col(CaseRow.id)
        == select(col(ExternalIdRow.case_id))
        .where(*_NUMBER, col(ExternalIdRow.kind) == ExternalKind.CASE.value)
        .scalar_subquery()
    ),
    log=ReadLog("case"),
)
