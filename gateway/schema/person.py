"""Persons in case files."""

import strawberry

from gateway.schema.codes.case_files import BirthDatePrecision, Gender
from gateway.schema.node import Node
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(description=both("A person, as told.", "Eine Person, wie angegeben."))
class Person(Published, Node):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
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
    gender: Gender = field("Gender as told.", "Geschlecht, wie angegeben.")
    nationalities: list[str] = field(
        "Nationalities, three-digit keys.", "Staatsangehörigkeiten, dreistellige Schlüssel."
    )
    languages: list[str] = field("Languages.", "Sprachen.")
    residence_group: str = field("Residence group.", "Aufenthaltsgruppe.")
    disputed_fields: list[str] = field(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
