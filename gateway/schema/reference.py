"""Code lists with labels, and the state machines that the services follow."""

import strawberry

from gateway.context import Info
from gateway.schema.published import REQUEST, Published, both, field
from gateway.schema.scalars import Date
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "A wider code under which codes stand.", "Ein Oberbegriff, unter dem Schlüssel stehen."
    )
)
class CodeGroup(Published):
    code: str = field("The code.", "Der Schlüssel.")
    label: BothLanguages = field("Name.", "Bezeichnung.")


@strawberry.type(description=both("A code of a list.", "Ein Schlüssel einer Liste."))
class CodeListEntry(Published):
    code: str = field("The code.", "Der Schlüssel.")
    iso: str | None = field(
        "Code of an ISO standard beside it.", "Schlüssel einer ISO-Norm daneben."
    )
    label: BothLanguages = field("Name.", "Bezeichnung.")
    norms: list[str] = field("Articles of law behind it.", "Normen dahinter.")
    valid_from: Date | None = field(
        "First day on which it may be chosen.", "Erster Tag, an dem er wählbar ist."
    )
    valid_to: Date | None = field(
        "Last day on which it may be chosen.", "Letzter Tag, an dem er wählbar ist."
    )
    is_selectable: bool = field(
        "Whether it may be chosen today; records keep it in any case.",
        "Ob er heute wählbar ist; in Datensätzen bleibt er in jedem Fall.",
    )
    group: CodeGroup | None = field(
        "The wider code under which it stands, where the list has groups.",
        "Der Oberbegriff, unter dem er steht, wo die Liste Gruppen hat.",
    )


@strawberry.type(description=both("A code list with labels.", "Eine Codeliste mit Bezeichnungen."))
class CodeList(Published):
    version: str = field("Version of the list.", "Fassung der Liste.")
    name: str = field("Name of the list.", "Name der Liste.")
    urn: str = field("URN of this version, as in XÖV.", "URN dieser Fassung, wie bei XÖV.")
    title: BothLanguages = field("Title.", "Titel.")
    note: BothLanguages | None = field("What to know about it.", "Was dazu zu wissen ist.")
    codes: list[CodeListEntry] = field("The codes.", "Die Schlüssel.")


@strawberry.type(
    description=both("A state of a state machine.", "Ein Stand eines Zustandsmodells.")
)
class MachineState(Published):
    state: str = field("The state.", "Der Stand.")
    is_final: bool = field("Nothing leads out of it.", "Nichts führt heraus.")


@strawberry.type(
    description=both("An action of a state machine.", "Eine Aktion eines Zustandsmodells.")
)
class MachineAction(Published):
    action: str = field("The action.", "Die Aktion.")
    label: BothLanguages | None = field("Name.", "Bezeichnung.")


@strawberry.type(
    description=both("A precondition of a move.", "Eine Voraussetzung eines Übergangs.")
)
class MachineGuard(Published):
    id: str = field("Stable name.", "Beständiger Name.")
    message: BothLanguages = field(
        "What is missing, if it does not hold.", "Was fehlt, wenn sie nicht erfüllt ist."
    )
    source: str = field("Rule or law behind it.", "Regel oder Gesetz dahinter.")


@strawberry.type(
    description=both("A move from state to state.", "Ein Übergang von Stand zu Stand.")
)
class MachineMove(Published):
    from_: str = strawberry.field(name="from", description=both("State before.", "Stand davor."))
    action: str = field("The action.", "Die Aktion.")
    to: str = field("State after.", "Stand danach.")
    rule: str = field("Number of the rule, for example C4.", "Nummer der Regel, zum Beispiel C4.")
    guards: list[str] = field("Names of the preconditions.", "Namen der Voraussetzungen.")


@strawberry.type(
    description=both(
        "A state machine, published from the table that the code uses.",
        "Ein Zustandsmodell, veröffentlicht aus der Tabelle, die der Code benutzt.",
    )
)
class StateMachine(Published):
    name: str = field("Name of the machine.", "Name des Modells.")
    initial: str = field("State at the beginning.", "Stand am Anfang.")
    states: list[MachineState] = field("The states.", "Die Stände.")
    actions: list[MachineAction] = field("The actions.", "Die Aktionen.")
    moves: list[MachineMove] = field("Which action leads where.", "Welche Aktion wohin führt.")
    guards: list[MachineGuard] = field("Preconditions.", "Voraussetzungen.")

    @strawberry.field(
        description=both("The diagram in Mermaid.", "Das Diagramm in Mermaid."),
        metadata={REQUEST: "GET cases /v1/state-machines/{name}.mmd"},
    )
    async def mermaid(self, info: Info) -> str:
        cases = info.context.services.cases.conversation
        return await cases.text(f"/v1/state-machines/{self.record['name']}.mmd")
