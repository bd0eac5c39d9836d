"""Notes: written, corrected, handed on."""

import strawberry

from gateway.schema.commands import Success, WarnedSuccess, command, made, outcome
from gateway.schema.inputs.case_file import WriteNoteInput
from gateway.schema.inputs.note import CorrectNoteInput, HandOnNoteInput
from gateway.schema.note import Note, NoteRelease
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The note, with what to think over.", "Der Vermerk, mit Hinweisen.")
)
class NoteSuccess(WarnedSuccess):
    note: Note = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("To whom the note was handed on.", "An wen der Vermerk ging."))
class NoteReleaseSuccess(Success):
    release: NoteRelease = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_note = made(NoteSuccess, "note", Note)
NoteResult = outcome(
    "NoteResult", NoteSuccess, en="The note, or why not.", de="Der Vermerk, oder warum nicht."
)
_release = made(NoteReleaseSuccess, "release", NoteRelease)
NoteReleaseResult = outcome(
    "NoteReleaseResult",
    NoteReleaseSuccess,
    en="The release, or why not.",
    de="Die Weitergabe, oder warum nicht.",
)


@strawberry.type
class NoteMutations:
    write_note = command(
        "POST cases /v1/cases/{case_id}/notes",
        WriteNoteInput,
        _note,
        NoteResult,
        en="Write a note; conversation notes are entrusted.",
        de="Einen Vermerk schreiben; Gesprächsvermerke sind anvertraut.",
    )
    correct_note = command(
        "POST cases /v1/notes/{note_id}/versions",
        CorrectNoteInput,
        _note,
        NoteResult,
        en="Correct a note by a new version; the one before stays.",
        de="Einen Vermerk durch eine neue Fassung berichtigen; die alte bleibt.",
    )
    hand_on_note = command(
        "POST cases /v1/notes/{note_id}/actions/hand-on",
        HandOnNoteInput,
        _release,
        NoteReleaseResult,
        en="Hand an entrusted note on, by its owner alone.",
        de="Einen anvertrauten Vermerk weitergeben; das darf nur, wem er anvertraut ist.",
    )
