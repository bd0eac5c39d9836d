"""Deputies, staff, what a person has seen, searches they keep."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.desk import Deputyship, SavedSearch, SeenMark, StaffMember
from gateway.schema.inputs.desk import (
    AppointDeputyInput,
    ChangeSearchInput,
    EndDeputyshipInput,
    KeepStaffMemberInput,
    MarkCaseSeenInput,
    RemoveSearchInput,
    SaveSearchInput,
)
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The deputyship after the change.", "Die Vertretung nach der Änderung.")
)
class DeputyshipSuccess(Success):
    deputyship: Deputyship = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(
    description=both("The member of staff after the change.", "Die Fachkraft nach der Änderung.")
)
class StaffMemberSuccess(Success):
    staff_member: StaffMember = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The search after the change.", "Die Suche nach der Änderung."))
class SavedSearchSuccess(Success):
    saved_search: SavedSearch = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("When the case was seen.", "Wann der Fall angesehen wurde."))
class SeenSuccess(Success):
    seen_mark: SeenMark = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_deputyship = made(DeputyshipSuccess, "deputyship", Deputyship)
DeputyshipResult = outcome(
    "DeputyshipResult",
    DeputyshipSuccess,
    en="The deputyship, or why not.",
    de="Die Vertretung, oder warum nicht.",
)
_staff_member = made(StaffMemberSuccess, "staff_member", StaffMember)
StaffMemberResult = outcome(
    "StaffMemberResult",
    StaffMemberSuccess,
    en="The member of staff, or why not.",
    de="Die Fachkraft, oder warum nicht.",
)
_saved_search = made(SavedSearchSuccess, "saved_search", SavedSearch)
SavedSearchResult = outcome(
    "SavedSearchResult",
    SavedSearchSuccess,
    en="The search, or why not.",
    de="Die Suche, oder warum nicht.",
)
_seen_mark = made(SeenSuccess, "seen_mark", SeenMark)
SeenResult = outcome(
    "SeenResult", SeenSuccess, en="The mark, or why not.", de="Die Marke, oder warum nicht."
)


@strawberry.type
class DeskMutations:
    appoint_deputy = command(
        "POST cases /v1/deputyships",
        AppointDeputyInput,
        _deputyship,
        DeputyshipResult,
        en="Appoint a deputy: for oneself, or as team lead for somebody of the unit.",
        de="Eine Vertretung einsetzen: für sich selbst, als Teamleitung für andere der Stelle.",
    )
    end_deputyship = command(
        "POST cases /v1/deputyships/{deputyship_id}/actions/end",
        EndDeputyshipInput,
        _deputyship,
        DeputyshipResult,
        en="End a deputyship.",
        de="Eine Vertretung beenden.",
    )
    keep_staff_member = command(
        "PUT cases /v1/staff-members",
        KeepStaffMemberInput,
        _staff_member,
        StaffMemberResult,
        en="Keep a member of staff.",
        de="Eine Fachkraft führen.",
    )
    save_search = command(
        "POST cases /v1/saved-searches",
        SaveSearchInput,
        _saved_search,
        SavedSearchResult,
        en="Save a search.",
        de="Eine Suche speichern.",
    )
    change_search = command(
        "PUT cases /v1/saved-searches/{search_id}",
        ChangeSearchInput,
        _saved_search,
        SavedSearchResult,
        en="Change a saved search.",
        de="Eine gespeicherte Suche ändern.",
    )
    remove_search = command(
        "DELETE cases /v1/saved-searches/{search_id}",
        RemoveSearchInput,
        _saved_search,
        SavedSearchResult,
        en="Remove a saved search.",
        de="Eine gespeicherte Suche löschen.",
    )
    mark_case_seen = command(
        "PUT cases /v1/cases/{case_id}/seen",
        MarkCaseSeenInput,
        _seen_mark,
        SeenResult,
        en="Mark a case as seen in the version that was seen.",
        de="Einen Fall in der gesehenen Fassung als gesehen merken.",
    )
