"""Named queries of the case service: each is named for its answer."""

from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import CaseRow
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

CASE = (
    col(CaseRow.id),
    col(CaseRow.version),
    col(CaseRow.reference),
    col(CaseRow.pseudonym),
    col(CaseRow.state),
    col(CaseRow.opened_on),
    col(CaseRow.unit_id),
    col(CaseRow.referral_id),
    col(CaseRow.updated_at),
)

CASE_VIEW = View(select(*CASE).where(col(CaseRow.id) == bindparam("case_id")), log=ReadLog("case"))
CASE_LIST = ListView(
    select(*CASE),
    filters={
        "state": Filter(col(CaseRow.state), str, ("eq", "in")),
        "openedOn": Filter(
            col(CaseRow.opened_on), operators=("gte", "lte"), parse=date.fromisoformat
        ),
    },
    sorts={"openedOn": "opened_on", "id": "id"},
    default_sort="-openedOn",
    log=ReadLog("case"),
)
CASE_FOR_UPDATE = Statement(
    select(col(CaseRow.id), col(CaseRow.version), col(CaseRow.state))
    .where(col(CaseRow.id) == bindparam("case_id"))
    .with_for_update()
)
