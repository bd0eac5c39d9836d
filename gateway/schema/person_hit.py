"""What a search for persons finds."""

import strawberry

from gateway.schema.codes.case_files import BirthDatePrecision
from gateway.schema.codes.persons import PersonMatch
from gateway.schema.person_parts import PersonDispute
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related


@strawberry.type(
    description=both("A person who may be meant.", "Eine Person, die gemeint sein kann.")
)
class PersonHit(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    family_name: str = field("Family name.", "Familienname.")
    given_names: str = field("Given names.", "Vornamen.")
    original_name: str | None = field(
        "Name in the original script.", "Name in der ursprünglichen Schrift."
    )
    birth_date: str | None = field(
        "Date of birth, as exact as it is known: YYYY-MM-DD, YYYY-MM or YYYY.",
        "Geburtsdatum, so genau wie bekannt: JJJJ-MM-TT, JJJJ-MM oder JJJJ.",
    )
    birth_date_precision: BirthDatePrecision = field(
        "How much of the date is known.", "Wie genau das Datum bekannt ist."
    )
    disputed_fields: list[str] = field(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    disputes: list[PersonDispute] = field(
        "What the person disputes, with their reason (§ 84 SGB X).",
        "Was die Person bestreitet, mit Begründung (§ 84 SGB X).",
    )
    is_restricted: bool = field(
        "A restriction on disclosure holds (Auskunftssperre).", "Es gilt eine Auskunftssperre."
    )
    score: int = field("Likeness, 0 to 100.", "Ähnlichkeit, 0 bis 100.")
    reasons: list[PersonMatch] = field("What matches.", "Was übereinstimmt.")
    person = related(
        "cases /v1/persons",
        "gateway.schema.person:Person",
        "id",
        en="The person.",
        de="Die Person.",
    )
