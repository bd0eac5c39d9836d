"""Field types that several nouns use."""

from typing import Annotated, Any

from pydantic import AfterValidator

from services.cases.domain.import_mapping import FIELD_PATTERN, MAPPING_NAME_PATTERN
from services.cases.domain.nationalities import NATIONALITY_PATTERN, nationality_key
from services.cases.domain.people import BIRTH_DATE_PATTERN, LANGUAGE_PATTERN
from shared.database.cursors import CURSOR_PATTERN
from shared.web.fields import ResponseModel, coded, line, paragraph


def _nationality() -> Any:
    """Taken as key or ISO code, kept as key; what the list does not know is refused by place."""
    return Annotated[coded(NATIONALITY_PATTERN, 3), AfterValidator(nationality_key)]


Name = line(120)
Pseudonym = line(80)
Contact = line(200)
Reference = line(200)
Reason = paragraph(2000)
ShortReason = line(500)
Interpreter = line(120)
TextVersion = line(40)
Actor = line(520)
LongText = paragraph(4000)
GoalText = paragraph(1000)
NoteText = paragraph(20_000)
ColumnName = line(120)
CellText = line(200, minimum=0)
ConstantText = line(500)
FieldPath = coded(FIELD_PATTERN, 40)
MappingName = coded(MAPPING_NAME_PATTERN, 60)
Separator = line(3)
Language = coded(LANGUAGE_PATTERN, 3)
Nationality = _nationality()
BirthDateText = coded(BIRTH_DATE_PATTERN, 10)
ClassReason = line(300)
RevokedVia = line(40)
FieldName = coded(r"^[a-z][A-Za-z]{1,39}$", 40)
HouseNumber = line(20)
Postcode = line(10)
Cursor = coded(CURSOR_PATTERN, 512)

FilterName = coded(r"^[a-zA-Z]{1,30}(\[[a-z]{2,3}\])?$", 40)
FilterValue = line(200)


class BothLanguages(ResponseModel):
    de: str
    en: str


class Paged(ResponseModel):
    """`cursors` holds one cursor for each item when `cursors=each` was asked for."""

    next_cursor: str | None
    cursors: list[str] | None = None
