"""Who sees the whereabouts of restricted persons."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import PersonRow, ReleaseRow
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.statements import Statement
from shared.database.views import View

RELEASE = tuple(
    col(getattr(ReleaseRow, name))
    for name in (
        "id", "person_id", "actor", "basis", "reason", "released_by", "released_at", "ended_at",
    )
)  # fmt: skip
RELEASE_VIEW = View(
    select(*RELEASE).where(col(ReleaseRow.id) == bindparam("release_id")),
    log=ReadLog("restriction-release"),
)
RELEASES_OF_PERSON = ListView(
    select(*RELEASE).where(col(ReleaseRow.person_id) == bindparam("person_id")),
    filters={},
    sorts={"releasedAt": "released_at"},
    default_sort="-releasedAt",
    log=ReadLog("restriction-release"),
)
RESTRICTED_BEFORE = Statement(
    select(col(PersonRow.is_restricted)).where(col(PersonRow.id) == bindparam("person_id"))
)
# A team lead sees no person; the function tells no more than this.
RESTRICTION_OF = Statement("select * from restriction_of(:person_id)")
HOLDERS_OF_PERSON = Statement(
    "with record as (select id from person where id = :person_id or merged_into_id = :person_id)"
    " select distinct c.case_manager from case_record c where c.case_manager is not null"
    " and c.state not in ('CLOSED', 'DECLINED', 'ERASED')"
    " and (c.person_id in (select id from record) or c.family_id in"
    " (select m.family_id from family_member m"
    "   where m.person_id in (select id from record) and m.to_on is null))"
)
END_RELEASES = Statement(
    "update restriction_release set ended_at = :at where person_id in"
    " (select id from person where id = :person_id or merged_into_id = :person_id"
    "  union select :person_id)"
    " and ended_at is null and (cast(:actor as text) is null or actor = cast(:actor as text))"
    " returning id"
)
