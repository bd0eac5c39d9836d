"""An import as a record of its own: announced, filled, run row by row, ended."""

from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.lifecycle import Lifecycle, Move
from shared.kernel.text import Text


class ImportState(StrEnum):
    ANNOUNCED = "ANNOUNCED"
    RECEIVED = "RECEIVED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class ImportAction(StrEnum):
    RECEIVE = "receive"
    START = "start"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"


IMPORT_LIFECYCLE: Final[Lifecycle[ImportState, ImportAction, None]] = Lifecycle(
    "import",
    states=ImportState,
    actions=ImportAction,
    initial=ImportState.ANNOUNCED,
    moves={
        ImportState.ANNOUNCED: {
            ImportAction.RECEIVE: Move(ImportState.RECEIVED, "I1"),
            ImportAction.CANCEL: Move(ImportState.CANCELLED, "I5"),
        },
        ImportState.RECEIVED: {
            ImportAction.START: Move(ImportState.RUNNING, "I2"),
            ImportAction.FAIL: Move(ImportState.FAILED, "I4"),
            ImportAction.CANCEL: Move(ImportState.CANCELLED, "I5"),
        },
        ImportState.RUNNING: {
            ImportAction.FINISH: Move(ImportState.DONE, "I3"),
            ImportAction.FAIL: Move(ImportState.FAILED, "I4"),
            ImportAction.CANCEL: Move(ImportState.CANCELLED, "I5"),
        },
        ImportState.DONE: {},
        ImportState.FAILED: {},
        ImportState.CANCELLED: {},
    },
)


class ImportFormat(StrEnum):
    NDJSON = "NDJSON"
    CSV = "CSV"


class ImportEncoding(StrEnum):
    UTF_8 = "utf-8"
    WINDOWS_1252 = "windows-1252"


class ImportLocale(StrEnum):
    """How dates are written; said by the sender, never guessed."""

    DE_DE = "de-DE"
    ISO = "ISO"


class ImportDelimiter(StrEnum):
    SEMICOLON = ";"
    COMMA = ","
    TAB = "\t"
    BAR = "|"


class RowOutcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class ImportOptionsUnfit(RuleViolated):
    code = "import-options-unfit"
    title = Text(
        de="NDJSON ist UTF-8 mit ISO-Daten und ohne Zuordnung; CSV braucht Trennzeichen und genau "
        "eine Zuordnung.",
        en="NDJSON is UTF-8 with ISO dates and without mapping; CSV needs a delimiter and exactly "
        "one mapping.",
    )


class MappingUnknown(RuleViolated):
    code = "mapping-unknown"
    title = Text(
        de="Eine Zuordnung dieses Namens gibt es nicht.", en="There is no mapping of this name."
    )


class ImportHasContent(Conflict):
    code = "import-has-content"
    title = Text(
        de="Diese Übernahme hat schon einen anderen Inhalt.",
        en="This import has another content already.",
    )


class FileUnusable(RuleViolated):
    """The file as a whole; `reason` is one of the codes of FILE_FAULTS."""

    code = "import-file-unusable"
    title = Text(de="Die Datei ist nicht verwendbar.", en="The file cannot be used.")


FILE_FAULTS: Final = {
    "content-missing": Text(
        de="Der Inhalt ist nicht mehr vorhanden.", en="The content is not there any more."
    ),
    "content-differs": Text(
        de="Der Inhalt ist nicht mehr der empfangene.", en="The content is not the one received."
    ),
    "encoding-contradicts-bom": Text(
        de="Die Datei beginnt mit der Kennung einer anderen Zeichenkodierung.",
        en="The file begins with the mark of another character encoding.",
    ),
    "header-missing": Text(de="Der Datei fehlt die Kopfzeile.", en="The file has no header line."),
    "column-missing": Text(
        de="Eine zugeordnete Spalte fehlt in der Kopfzeile.",
        en="A mapped column is missing from the header line.",
    ),
    "column-twice": Text(
        de="Eine zugeordnete Spalte steht mehrmals in der Kopfzeile.",
        en="A mapped column stands in the header line more than once.",
    ),
    "quotes-broken": Text(
        de="Ab dieser Zeile sind die Anführungszeichen nicht geschlossen.",
        en="From this line on the quotation marks are not closed.",
    ),
}
