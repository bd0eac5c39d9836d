"""Which field of a delivered row a refusal speaks of."""

from collections.abc import Callable
from datetime import date
from functools import partial

from services.cases.domain.area import AgsUnreadable
from services.cases.domain.people import (
    BirthDateUnacceptable,
    LanguageUnacceptable,
    NameUnacceptable,
    NationalityUnacceptable,
    OriginalNameUnacceptable,
    clean_name,
)
from services.cases.operations.import_rows import ImportRow
from services.cases.operations.record_person import PersonParticulars, person_columns
from shared.kernel.errors import FieldFault, Refusal

_FIELDS: dict[type[Refusal], str] = {
    OriginalNameUnacceptable: "originalName",
    BirthDateUnacceptable: "birthDate",
    NationalityUnacceptable: "nationalities",
    LanguageUnacceptable: "languages",
}


def faults_of(refusal: Refusal, row: ImportRow, today: date) -> tuple[FieldFault, ...]:
    """With a JSON pointer into the line where one field is to blame, else with an empty one."""
    pointer = _pointer(refusal, row, today)
    return refusal.faults or (FieldFault(pointer, refusal.code, refusal.detail),)


def _pointer(refusal: Refusal, row: ImportRow, today: date) -> str:
    for position, member in enumerate(row.members):
        if _refuses(refusal, partial(person_columns, member.person, today=today)):
            return f"/members/{position}/person/{_field(refusal, member.person)}".rstrip("/")
    if isinstance(refusal, AgsUnreadable):
        return "/municipalityAgs"
    return "/language" if isinstance(refusal, LanguageUnacceptable) else ""


def _field(refusal: Refusal, person: PersonParticulars) -> str:
    if isinstance(refusal, NameUnacceptable):
        is_family_name = _refuses(refusal, partial(clean_name, person.family_name))
        return "familyName" if is_family_name else "givenNames"
    return _FIELDS.get(type(refusal), "")


def _refuses(refusal: Refusal, check: Callable[[], object]) -> bool:
    try:
        check()
    except Refusal as again:
        return type(again) is type(refusal)
    return False
