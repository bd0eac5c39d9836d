"""Record that the person was told how their data are processed (Art. 13, 14 DSGVO)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.consent import require_understandable
from services.cases.domain.errors import DateInFuture
from services.cases.domain.people import clean_languages
from services.cases.domain.practice import Practice
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.operations.open_case import require_known
from services.cases.storage.queries.care import NOTICE_VIEW
from services.cases.storage.tables import InformationNoticeRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    case_id: UUID
    text_version: str
    language: str
    given_on: date
    interpreter: str | None = None
    person_id: UUID | None = None


async def give_notice(tx: Transaction, notice: Notice, practice: Practice) -> Answer:
    """Raises NotFound, CaseIsNotOpen, DateInFuture, NotUnderstandable, PersonUnknown."""
    case = await lock_open_case(tx, notice.case_id)
    clean_languages((notice.language,))
    require_understandable(notice.language, practice.information_languages, notice.interpreter)
    if notice.given_on > berlin_date(now()):
        raise DateInFuture
    await require_known(tx, notice.person_id, None)
    columns = file_columns(tx, case)
    await tx.insert(
        InformationNoticeRow,
        **columns,
        person_id=notice.person_id,
        text_version=notice.text_version,
        language=notice.language,
        interpreter=notice.interpreter,
        given_on=notice.given_on,
    )
    await advance_case(tx, case, "give-information-notice")
    document = await NOTICE_VIEW.one_in(tx, entry_id=columns["id"])
    assert document is not None
    return Answer(document)
