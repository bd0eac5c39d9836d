"""What deputyships, staff and saved searches take."""

import strawberry

from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date, Json


@strawberry.input(description=both("Appoint a deputy.", "Eine Vertretung einsetzen."))
class AppointDeputyInput(Command):
    deputy: str = needed("Who stands in.", "Wer vertritt.")
    from_on: Date = needed("First day.", "Erster Tag.")
    to_on: Date = needed("Last day.", "Letzter Tag.")
    principal: str | None = given(
        "Who is represented; yourself if left out.", "Wer vertreten wird; ohne Angabe selbst."
    )


@strawberry.input(description=both("End a deputyship.", "Eine Vertretung beenden."))
class EndDeputyshipInput(Command):
    deputyship_id: strawberry.ID = needed("UUID of the deputyship.", "UUID der Vertretung.")


@strawberry.input(description=both("Keep a member of staff.", "Eine Fachkraft führen."))
class KeepStaffMemberInput(Command):
    actor: str | None = given(
        "Issuer and subject; yourself if left out.", "Aussteller und Kennung; ohne Angabe selbst."
    )
    is_active: bool | None = given("Works in the unit.", "Ist in der Stelle tätig.")
    bound_to_secrecy_on: Date | None = given(
        "Day of the pledge of secrecy.", "Tag der Verpflichtung zur Verschwiegenheit."
    )
    is_state_recognised: bool | None = given(
        "State-recognised social worker (§ 203 StGB).", "Staatlich anerkannt (§ 203 StGB)."
    )


@strawberry.input(description=both("Save a search.", "Eine Suche speichern."))
class SaveSearchInput(Command):
    name: str = needed("Name.", "Name.")
    filters: Json = needed(
        "Filters of the case list, as its query string names them.",
        "Filter der Fallliste, wie ihre Adresszeile sie nennt.",
    )


@strawberry.input(description=both("Change a saved search.", "Eine gespeicherte Suche ändern."))
class ChangeSearchInput(Change):
    search_id: strawberry.ID = needed("UUID of the search.", "UUID der Suche.")
    name: str = needed("Name.", "Name.")
    filters: Json = needed(
        "Filters of the case list, as its query string names them.",
        "Filter der Fallliste, wie ihre Adresszeile sie nennt.",
    )


@strawberry.input(description=both("Remove a saved search.", "Eine gespeicherte Suche löschen."))
class RemoveSearchInput(Command):
    search_id: strawberry.ID = needed("UUID of the search.", "UUID der Suche.")


@strawberry.input(
    description=both(
        "Mark a case as seen in the version that was seen.",
        "Einen Fall in der gesehenen Fassung als gesehen merken.",
    )
)
class MarkCaseSeenInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
