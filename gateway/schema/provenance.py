"""What other systems know a record by, and where each of its values came from."""

import strawberry

from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import DateTime, Json


@strawberry.type(
    description=both(
        "What another system knows the record by.", "Wie ein anderes Verfahren den Datensatz kennt."
    )
)
class ExternalId(Published):
    system: str = field("Key of the other system.", "Kurzname des anderen Verfahrens.")
    value: str = field("Number or key there.", "Nummer oder Schlüssel dort.")


@strawberry.type(description=both("What a system delivered.", "Was ein Verfahren lieferte."))
class Delivery(Published):
    source_system: str | None = field(
        "Key of the system it came from.", "Kurzname des Verfahrens, aus dem es kam."
    )
    import_id: strawberry.ID | None = field("UUID of the import.", "UUID des Imports.")
    sender_unit: str | None = field("Who sent the referral.", "Wer die Überleitung sandte.")
    delivered_at: DateTime = field("When it was delivered.", "Wann geliefert wurde.")
    fields: list[str] = field("Fields that were delivered.", "Gelieferte Angaben.")


@strawberry.type(description=both("Where a value came from.", "Woher ein Wert kam."))
class ValueOrigin(Published):
    record_id: strawberry.ID = field(
        "UUID of the record it was written to.", "UUID des Datensatzes, in den geschrieben wurde."
    )
    source_system: str | None = field(
        "Key of the system it came from.", "Kurzname des Verfahrens, aus dem es kam."
    )
    import_id: strawberry.ID | None = field("UUID of the import.", "UUID des Imports.")
    sender_unit: str | None = field("Who sent the referral.", "Wer die Überleitung sandte.")
    by: str = field("Who wrote it.", "Wer schrieb.")
    at: DateTime = field("When it was written.", "Wann geschrieben wurde.")
    is_latest: bool = field("It is the value that holds.", "Es ist der geltende Wert.")

    @strawberry.field(
        description=both("The value, as JSON of any kind.", "Der Wert, als JSON jeder Art.")
    )
    def value(self) -> Json | None:
        given: Json | None = record_of(self)["value"]
        return given


@strawberry.type(
    description=both(
        "Where the values of a field came from.", "Woher die Werte einer Angabe kamen."
    )
)
class FieldProvenance(Published):
    field_: str = strawberry.field(name="field", description=both("The field.", "Die Angabe."))
    origins: list[ValueOrigin] = field(
        "Where its values came from, one after the other.",
        "Woher ihre Werte kamen, einer nach dem anderen.",
    )


@strawberry.type(
    description=both(
        "Where each value of a record came from.", "Woher jeder Wert eines Datensatzes kam."
    )
)
class Provenance(Published):
    fields: list[FieldProvenance] = field("Fields.", "Angaben.")
