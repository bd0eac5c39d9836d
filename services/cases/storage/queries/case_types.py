"""Case types and custom fields."""

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from services.cases.domain.case_types import CaseTypeState
from services.cases.storage.tables import CaseRow, CaseTypeRow, CustomFieldsRow
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

CASE_TYPE = (
    col(CaseTypeRow.id),
    col(CaseTypeRow.version),
    col(CaseTypeRow.code),
    col(CaseTypeRow.number),
    col(CaseTypeRow.state),
    func.json_build_object("de", col(CaseTypeRow.label_de), "en", col(CaseTypeRow.label_en)).label(
        "label"
    ),
    col(CaseTypeRow.results),
    col(CaseTypeRow.fields_schema),
    col(CaseTypeRow.needs_plan_approval),
    col(CaseTypeRow.updated_at),
)


_THIS_TYPE = col(CaseTypeRow.id) == bindparam("case_type_id")
CASE_TYPE_VIEW = View(select(*CASE_TYPE).where(_THIS_TYPE))
CASE_TYPE_LIST = ListView(
    select(*CASE_TYPE),
    filters={
        "code": Filter(col(CaseTypeRow.code), str),
        "state": Filter(col(CaseTypeRow.state), CaseTypeState),
    },
    sorts={"code": "code", "number": "number"},
    default_sort="code",
)
CASE_TYPE_ROW = Statement(
    select(
        col(CaseTypeRow.id),
        col(CaseTypeRow.tenant_id),
        col(CaseTypeRow.version),
        col(CaseTypeRow.state),
        col(CaseTypeRow.results),
    )
    .where(_THIS_TYPE)
    .with_for_update()
)
NEXT_NUMBER = Statement(
    "select coalesce(max(number), 0) + 1 from case_type"
    " where tenant_id = :tenant_id and code = :code"
)
# The tenant's own type goes before the shipped one of the same code.
PUBLISHED_CASE_TYPE = Statement(
    "select id from case_type where code = :code and state = 'PUBLISHED'"
    " order by (tenant_id = '00000'), number desc limit 1"
)
SCHEMA_OF_CASE = Statement(
    select(col(CaseTypeRow.fields_schema))
    .join(CaseRow, col(CaseRow.case_type_id) == col(CaseTypeRow.id))
    .where(col(CaseRow.id) == bindparam("case_id"))
)
CUSTOM_FIELDS_OF_CASE = Statement(
    select(col(CustomFieldsRow.id)).where(col(CustomFieldsRow.case_id) == bindparam("case_id"))
)
