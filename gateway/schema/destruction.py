"""Destruction lists: drafted, reviewed, approved and executed by different people."""

import strawberry

from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.schema.ahead import own_id
from gateway.schema.case_file import Blocker
from gateway.schema.codes.retention import (
    DestructionAction,
    DestructionDropReason,
    DestructionOutcome,
    DestructionState,
)
from gateway.schema.published import Published, both, field
from gateway.schema.reads import read_one_by_one
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages

DETAIL = "cases /v1/destruction-lists/{id}"


@strawberry.type(
    description=both(
        "What became of the cases on a list, counted.",
        "Was aus den Fällen einer Liste wurde, gezählt.",
    )
)
class DestructionCounts(Published):
    listed: int = field("Cases on the list.", "Fälle auf der Liste.")
    excluded: int = field("Cases taken off by hand.", "Von Hand herausgenommene Fälle.")
    dropped: int = field(
        "Cases dropped when it was executed.", "Bei der Ausführung weggefallene Fälle."
    )
    requested: int = field(
        "Cases whose erasure is requested.", "Fälle, deren Löschung angefordert ist."
    )
    erased: int = field("Cases erased.", "Gelöschte Fälle.")
    without_archive_answer: int = field(
        "Cases without an answer of the archive.", "Fälle ohne Antwort des Archivs."
    )


@strawberry.type(description=both("A case on a list.", "Ein Fall auf einer Liste."))
class DestructionItem(Published):
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    reference: str = field("Reference for people.", "Aktenzeichen.")
    result: str = field("How the case ended.", "Wie der Fall endete.")
    due_on: Date = field("Day on which erasure is due.", "Tag, an dem die Löschung fällig ist.")
    outcome: DestructionOutcome = field("What became of it.", "Was daraus wurde.")
    drop_reason: DestructionDropReason | None = field("Why it was dropped.", "Warum er wegfiel.")


@strawberry.type(
    description=both("An action of the present state.", "Eine Aktion des jetzigen Standes.")
)
class DestructionTransition(Published):
    action: DestructionAction = field("The action.", "Die Aktion.")
    label: BothLanguages = field("Name.", "Bezeichnung.")
    to: DestructionState = field("State to which it leads.", "Stand, zu dem sie führt.")
    rule: str = field("Number of the rule, for example D2.", "Nummer der Regel, zum Beispiel D2.")
    is_open: bool = field("Whether it can be done now.", "Ob sie jetzt möglich ist.")
    blocked_by: list[Blocker] = field("What is missing.", "Was fehlt.")


@strawberry.type(
    description=both(
        "A destruction list, and its report once executed.",
        "Eine Vernichtungsliste, nach der Ausführung ihr Bericht.",
    )
)
class DestructionList(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: DestructionState = field("State.", "Stand.")
    due_until: Date = field("Cases due by this day.", "Fälle, die bis zu diesem Tag fällig sind.")
    author: str = field("Who drafted it.", "Wer sie erstellte.")
    reviewer: str | None = field("Who reviewed it.", "Wer sie prüfte.")
    approver: str | None = field("Who approved it.", "Wer sie freigab.")
    created_at: DateTime = field("When it was drafted.", "Wann sie erstellt wurde.")
    executed_at: DateTime | None = field("When it was executed.", "Wann sie ausgeführt wurde.")
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")

    @read_one_by_one(DETAIL, en="The cases on the list.", de="Die Fälle auf der Liste.")
    async def items(self, info: Info) -> list[DestructionItem]:
        return [DestructionItem.from_record(one) for one in (await self._whole(info))["items"]]

    @read_one_by_one(
        DETAIL, en="What became of the cases, counted.", de="Was aus den Fällen wurde, gezählt."
    )
    async def counts(self, info: Info) -> DestructionCounts:
        return DestructionCounts.from_record((await self._whole(info))["counts"])

    @read_one_by_one(
        DETAIL,
        en="Every action of the state, with what blocks it for the caller.",
        de="Jede Aktion des Standes, mit dem, was sie hier hindert.",
    )
    async def available_transitions(self, info: Info) -> list[DestructionTransition]:
        found = (await self._whole(info))["availableTransitions"]
        return [DestructionTransition.from_record(one) for one in found]

    async def _whole(self, info: Info) -> Record:
        """A row of the list of lists has no items; the list itself has."""
        if "items" in self.record:
            return self.record
        loader = info.context.loaders.document("cases", "/v1/destruction-lists/{id}")
        whole = await loader.load(own_id(self.record))
        assert whole is not None, "listed a moment ago"
        return whole
