"""What the caller may do with a record, as the service decides it: for the buttons of a frontend.

Each decision asks the doors of the operations (`GET /v1/permissions` of the service, once in an
operation) and, where the record itself may be in the way, its `allowedActions`. Nothing is decided
here.
"""

from collections.abc import Iterable
from typing import Any

import strawberry

from gateway.clients.conversation import Record
from gateway.schema.ahead import Ahead, ahead
from gateway.schema.codes.work import NoteReader
from gateway.schema.commands import RequestLine
from gateway.schema.published import Published, both, field, record_of

ACCESS = both(
    "What the caller may do with it now: the rights by the service's own doors, the state by its"
    " transition table. What hinders an action beside that, the change says by name.",
    "Was die anfragende Person jetzt damit tun darf: die Rechte nach den Türen des Dienstes, der"
    " Stand nach dessen Übergangstabelle. Was sonst hindert, nennt die Änderung.",
)
# Metadata of a decision: the operation whose door is asked.
DOOR = "door"


def decision(line: str, *, en: str, de: str, actions: Iterable[str] = ()) -> Any:
    """A field: whether the door of `line` is open, and the record's state has one of `actions`."""
    asked, wanted = RequestLine.of(line), frozenset(actions)

    def is_open(permitted: frozenset[str], record: Record) -> bool:
        possible = record.get("allowedActions") or ()
        in_state = not wanted or not wanted.isdisjoint(possible)
        return in_state and f"{asked.method} {asked.path}" in permitted

    row = Ahead(
        loader=lambda loaders: loaders.permissions,
        key=lambda _: asked.service,
        made=is_open,
    )
    source = f"GET {asked.service} /v1/permissions"
    return ahead(row, source, bool, both(en, de), **{DOOR: line})


def access_of(kind: type[Published]) -> Any:
    """The field `access` of a record."""

    def resolver(self: Any) -> Any:
        return kind.from_record(record_of(self))

    resolver.__annotations__["return"] = kind | None
    return strawberry.field(resolver=resolver, description=ACCESS)


CASE = "/v1/cases/{case_id}"


@strawberry.type(description=ACCESS)
class CaseAccess(Published):
    can_edit = decision(
        f"PUT cases {CASE}/particulars",
        en="Change its particulars.",
        de="Die Angaben ändern.",
    )
    can_assign = decision(
        f"POST cases {CASE}/actions/{{action}}",
        en="Assign it.",
        de="Zuweisen.",
        actions=("assign",),
    )
    can_close = decision(
        f"POST cases {CASE}/actions/{{action}}",
        en="Close it.",
        de="Abschließen.",
        actions=("close", "close-after-advice"),
    )
    can_record_contact = decision(
        f"POST cases {CASE}/contacts", en="Record a contact.", de="Einen Kontakt festhalten."
    )
    can_set_task = decision(
        f"POST cases {CASE}/tasks", en="Set a task.", de="Eine Aufgabe anlegen."
    )
    can_write_note = decision(
        f"POST cases {CASE}/notes", en="Write a note.", de="Einen Vermerk schreiben."
    )
    can_draft_plan = decision(
        f"POST cases {CASE}/plan-versions",
        en="Draft a help plan.",
        de="Einen Hilfeplan entwerfen.",
    )
    can_request_erasure = decision(
        f"POST cases {CASE}/erasure", en="Have it erased.", de="Die Löschung veranlassen."
    )


PERSON = "/v1/persons/{person_id}"


@strawberry.type(description=ACCESS)
class PersonAccess(Published):
    can_edit = decision(
        f"PUT cases {PERSON}",
        en="Change the particulars.",
        de="Die Angaben ändern.",
        actions=("edit",),
    )
    can_edit_whereabouts = decision(
        f"PUT cases {PERSON}/addresses",
        en="Change ways of contact, addresses and representatives.",
        de="Kontaktwege, Anschriften und Vertretung ändern.",
        actions=("keep-whereabouts",),
    )
    can_restrict = decision(
        f"PUT cases {PERSON}/restriction",
        en="Restrict or lift.",
        de="Sperren oder entsperren.",
        actions=("restrict", "lift-restriction"),
    )
    can_merge = decision(
        f"POST cases {PERSON}/actions/merge",
        en="Merge with a duplicate.",
        de="Mit einer Dublette zusammenführen.",
        actions=("merge",),
    )


@strawberry.type(description=ACCESS)
class NoteAccess(Published):
    owner: str = field(
        "Whose note it is: issuer and subject.", "Wessen Vermerk es ist: Aussteller und Kennung."
    )
    read_as: NoteReader = field(
        "As what the caller reads it.", "Als was die anfragende Person ihn liest."
    )
    can_correct = decision(
        "POST cases /v1/notes/{note_id}/versions",
        en="Correct it.",
        de="Berichtigen.",
        actions=("correct",),
    )
    can_hand_on = decision(
        "POST cases /v1/notes/{note_id}/actions/hand-on",
        en="Hand it on: only its owner, and only what was entrusted.",
        de="Weitergeben: nur, wem er anvertraut ist, und nur Anvertrautes.",
        actions=("hand-on",),
    )
