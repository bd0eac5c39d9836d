"""What a person works through: work lists, deputies, staff, searches they keep."""

import strawberry

from gateway.schema.codes.cases import CaseState
from gateway.schema.codes.standing_in import DeputyshipState
from gateway.schema.codes.work import FlagCode, FlagSeverity
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime, Json


@strawberry.type(
    description=both(
        "The open task that is due first.", "Die offene Aufgabe, die zuerst fällig ist."
    )
)
class NextTask(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    title: str = field(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    due_on: Date = field("Day on which it is due.", "Tag der Fälligkeit.")
    assignee: str = field(
        "Who does it: issuer and subject.", "Wer sie erledigt: Aussteller und Kennung."
    )
    is_overdue: bool = field("The day has passed.", "Der Tag ist vorbei.")


@strawberry.type(description=both("A flag that is raised.", "Ein gesetzter Hinweis."))
class RaisedFlag(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    code: FlagCode = field("Code.", "Schlüssel.")
    severity: FlagSeverity = field("How grave it is.", "Wie schwer er wiegt.")
    reason: str = field("Reason.", "Begründung.")


@strawberry.type(
    description=both(
        "An open case as a row of a work list.", "Ein offener Fall als Zeile einer Arbeitsliste."
    )
)
class WorkItem(Published):
    id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    reference: str = field("Reference for people.", "Aktenzeichen.")
    state: CaseState = field("State.", "Stand.")
    state_since: Date = field("Since when the state holds.", "Seit wann dieser Stand gilt.")
    opened_on: Date = field("Day on which the case was opened.", "Tag der Eröffnung.")
    case_manager: str | None = field(
        "Issuer and subject of the case manager.", "Aussteller und Kennung der Fachkraft."
    )
    municipality_ags: str | None = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    masked_fields: list[str] = field(
        "Fields of the case that are hidden from the caller.",
        "Felder des Falls, die der anfragenden Person verborgen sind.",
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    changed_since_seen: bool = field(
        "Changed since the caller looked last.", "Seit dem letzten Ansehen geändert."
    )
    next_task: NextTask | None = field(
        "The open task that is due first.", "Die offene Aufgabe, die zuerst fällig ist."
    )
    flags: list[RaisedFlag] = field("Flags that are raised.", "Gesetzte Hinweise.")
    case = related(
        "cases /v1/cases",
        "gateway.schema.case:Case",
        "id",
        en="The case with all that belongs to it.",
        de="Der Fall mit allem, was dazugehört.",
    )


@strawberry.type(
    description=both(
        "Somebody stands in for somebody else for a time.", "Jemand vertritt jemanden auf Zeit."
    )
)
class Deputyship(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    principal: str = field("Who is represented.", "Wer vertreten wird.")
    deputy: str = field("Who stands in.", "Wer vertritt.")
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date = field("Last day.", "Letzter Tag.")
    state: DeputyshipState = field("Where the calendar has brought it.", "Stand nach Kalender.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    ended_at: DateTime | None = field("Ended early, when.", "Vorzeitig beendet, wann.")
    ended_by: str | None = field("Ended early, by whom.", "Vorzeitig beendet, von wem.")


@strawberry.type(description=both("A member of staff of the unit.", "Eine Fachkraft der Stelle."))
class StaffMember(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    actor: str = field("Issuer and subject.", "Aussteller und Kennung.")
    is_active: bool = field("Works in the unit.", "Ist in der Stelle tätig.")
    bound_to_secrecy_on: Date | None = field(
        "Day of the pledge of secrecy.", "Tag der Verpflichtung zur Verschwiegenheit."
    )
    is_state_recognised: bool = field(
        "State-recognised social worker (§ 203 StGB).", "Staatlich anerkannt (§ 203 StGB)."
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both(
        "A search that a person keeps; it names nobody.",
        "Eine gespeicherte Suche; sie nennt niemanden.",
    )
)
class SavedSearch(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    name: str = field("Name.", "Name.")
    filters: Json = field(
        "Filters of the case list, as its query string names them.",
        "Filter der Fallliste, wie ihre Adresszeile sie nennt.",
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both(
        "When the caller looked at a case last.", "Wann ein Fall zuletzt angesehen wurde."
    )
)
class SeenMark(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    seen_at: DateTime = field("When the caller looked last.", "Wann zuletzt angesehen.")
