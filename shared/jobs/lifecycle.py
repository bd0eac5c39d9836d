"""A job as a record: asked for, run page by page, kept for some days, gone."""

from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, Gone
from shared.kernel.lifecycle import Lifecycle, Move
from shared.kernel.text import Text


class JobState(StrEnum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class JobAction(StrEnum):
    START = "start"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"
    EXPIRE = "expire"


class JobFormat(StrEnum):
    CSV = "CSV"
    NDJSON = "NDJSON"


class JobFailure(StrEnum):
    """Why a job failed.

    ROLE_GONE: the requester has no right to it any more. KIND_GONE: the service has no such kind,
    filter or field any more. TOO_MANY_ROWS, WAITED_TOO_LONG: what the installation allows. FAULT:
    it stopped several times at the same place.
    """

    ROLE_GONE = "role-gone"
    KIND_GONE = "kind-gone"
    TOO_MANY_ROWS = "too-many-rows"
    WAITED_TOO_LONG = "waited-too-long"
    FAULT = "fault"


_S, _A = JobState, JobAction
JOB_LIFECYCLE: Final[Lifecycle[JobState, JobAction, None]] = Lifecycle(
    "job",
    states=JobState,
    actions=JobAction,
    initial=_S.QUEUED,
    moves={
        _S.QUEUED: {
            _A.START: Move(_S.RUNNING, "J1"),
            _A.FAIL: Move(_S.FAILED, "J3"),
            _A.CANCEL: Move(_S.CANCELLED, "J4"),
        },
        _S.RUNNING: {
            # Whoever takes over from a worker that was killed.
            _A.START: Move(_S.RUNNING, "J1"),
            _A.FINISH: Move(_S.DONE, "J2"),
            _A.FAIL: Move(_S.FAILED, "J3"),
            _A.CANCEL: Move(_S.CANCELLED, "J4"),
        },
        _S.DONE: {_A.EXPIRE: Move(_S.EXPIRED, "J5")},
        _S.FAILED: {},
        _S.CANCELLED: {},
        _S.EXPIRED: {},
    },
)


class JobNotFinished(Conflict):
    code = "job-not-finished"
    title = Text(
        de="Der Auftrag läuft noch; sein Ergebnis gibt es danach.",
        en="The job is still at work; its result comes afterwards.",
    )


class JobOver(Gone):
    code = "job-over"
    title = Text(
        de="Zu diesem Auftrag gibt es kein Ergebnis (mehr).",
        en="There is no result of this job (any more).",
    )


class JobLimit(Conflict):
    code = "job-limit"
    title = Text(
        de="Es laufen oder warten schon so viele eigene Aufträge, wie gleichzeitig erlaubt sind.",
        en="As many jobs of yours as are allowed at once are waiting or running already.",
    )
