"""What can be asked about imports of cases."""

import strawberry

from gateway.schema.case_import import CaseImport
from gateway.schema.codes.imports import ImportState
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import record, records


@strawberry.input(description=both("Which imports.", "Welche Übernahmen."))
class ImportFilter:
    state: list[ImportState] | None = by("In one of these states.", "In einem dieser Stände.")
    source_system: str | None = by("From this system.", "Aus diesem Verfahren.")


@strawberry.type
class ImportQueries:
    import_ = record(
        "cases /v1/imports", CaseImport, name="import", en="One import.", de="Eine Übernahme."
    )
    imports = records(
        "cases /v1/imports",
        CaseImport,
        ImportFilter,
        en="Imports of the caller's unit, the latest first.",
        de="Übernahmen der eigenen Stelle, die neuesten zuerst.",
    )
