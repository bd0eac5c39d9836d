"""What can be changed about posts and deadlines."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.deadline import Deadline
from gateway.schema.inputs.award_change import ReportPositionInput
from gateway.schema.inputs.post import (
    ApprovePostsInput,
    CompleteDeadlineInput,
    EndOccupancyInput,
    OccupyPositionInput,
    RecordDeadlineInput,
    RecordPositionInput,
    SetPositionProductsInput,
)
from gateway.schema.position import Position
from gateway.schema.published import both, field


@strawberry.type(description=both("The post after the change.", "Die Stelle nach der Änderung."))
class PositionSuccess(Success):
    position: Position = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("The deadline after the change.", "Die Frist nach der Änderung."))
class DeadlineSuccess(Success):
    deadline: Deadline = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_position = made(PositionSuccess, "position", Position)
_deadline = made(DeadlineSuccess, "deadline", Deadline)
PositionResult = outcome(
    "PositionResult",
    PositionSuccess,
    en="The post, or why not.",
    de="Die Stelle, oder warum nicht.",
)
DeadlineResult = outcome(
    "DeadlineResult",
    DeadlineSuccess,
    en="The deadline, or why not.",
    de="Die Frist, oder warum nicht.",
)


@strawberry.type
class PostMutations:
    record_position = command(
        "POST funding /v1/positions",
        RecordPositionInput,
        _position,
        PositionResult,
        en="Record a post.",
        de="Eine Stelle erfassen.",
    )
    approve_posts = command(
        "POST funding /v1/positions/{position_id}/versions",
        ApprovePostsInput,
        _position,
        PositionResult,
        en="Approve posts from a day on.",
        de="Stellen ab einem Tag bewilligen.",
    )
    set_position_products = command(
        "PUT funding /v1/positions/{position_id}/products",
        SetPositionProductsInput,
        _position,
        PositionResult,
        en="Set the products of a post from a fiscal year on.",
        de="Die Produkte einer Stelle ab einem Haushaltsjahr setzen.",
    )
    occupy_position = command(
        "POST funding /v1/positions/{position_id}/occupancies",
        OccupyPositionInput,
        _position,
        PositionResult,
        en="Record that a seat is occupied; nobody is paid twice.",
        de="Eine Besetzung erfassen; niemand wird doppelt bezahlt.",
    )
    end_occupancy = command(
        "POST funding /v1/positions/{position_id}/occupancies/{occupancy_id}/actions/end",
        EndOccupancyInput,
        _position,
        PositionResult,
        en="End an occupancy.",
        de="Eine Besetzung beenden.",
    )
    report_position = command(
        "PUT funding /v1/positions/{position_id}/reported-figures",
        ReportPositionInput,
        _position,
        PositionResult,
        en="Store what is reported of a post.",
        de="Die Meldung zu einer Stelle speichern.",
    )
    record_deadline = command(
        "POST funding /v1/deadlines",
        RecordDeadlineInput,
        _deadline,
        DeadlineResult,
        en="Record a deadline that only a person knows.",
        de="Eine Frist erfassen, die nur Menschen kennen.",
    )
    complete_deadline = command(
        "POST funding /v1/deadlines/{deadline_id}/actions/complete",
        CompleteDeadlineInput,
        _deadline,
        DeadlineResult,
        en="Tick a deadline off.",
        de="Eine Frist als erledigt vermerken.",
    )
