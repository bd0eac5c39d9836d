"""Contacts, tasks and flags of a case."""

import strawberry

from gateway.schema.case_work import Contact, Flag, Task
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.case_work import (
    ChangeTaskInput,
    LiftFlagInput,
    PerformTaskActionInput,
    RaiseFlagInput,
    RecordContactInput,
    SetTaskInput,
)
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The contact after the change.", "Der Beratungskontakt nach der Änderung.")
)
class ContactSuccess(Success):
    contact: Contact = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("The task after the change.", "Die Aufgabe nach der Änderung."))
class TaskSuccess(Success):
    task: Task = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("The flag after the change.", "Der Hinweis nach der Änderung."))
class FlagSuccess(Success):
    flag: Flag = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_contact = made(ContactSuccess, "contact", Contact)
ContactResult = outcome(
    "ContactResult",
    ContactSuccess,
    en="The contact, or why not.",
    de="Der Beratungskontakt, oder warum nicht.",
)
_task = made(TaskSuccess, "task", Task)
TaskResult = outcome(
    "TaskResult", TaskSuccess, en="The task, or why not.", de="Die Aufgabe, oder warum nicht."
)
_flag = made(FlagSuccess, "flag", Flag)
FlagResult = outcome(
    "FlagResult", FlagSuccess, en="The flag, or why not.", de="Der Hinweis, oder warum nicht."
)


@strawberry.type
class WorkMutations:
    record_contact = command(
        "POST cases /v1/cases/{case_id}/contacts",
        RecordContactInput,
        _contact,
        ContactResult,
        en="Record a contact.",
        de="Einen Beratungskontakt festhalten.",
    )
    set_task = command(
        "POST cases /v1/cases/{case_id}/tasks",
        SetTaskInput,
        _task,
        TaskResult,
        en="Set a task.",
        de="Eine Aufgabe stellen.",
    )
    change_task = command(
        "PUT cases /v1/tasks/{task_id}",
        ChangeTaskInput,
        _task,
        TaskResult,
        en="Change a task.",
        de="Eine Aufgabe ändern.",
    )
    perform_task_action = command(
        "POST cases /v1/tasks/{task_id}/actions/{action}",
        PerformTaskActionInput,
        _task,
        TaskResult,
        en="Finish or cancel a task.",
        de="Eine Aufgabe erledigen oder streichen.",
    )
    raise_flag = command(
        "POST cases /v1/cases/{case_id}/flags",
        RaiseFlagInput,
        _flag,
        FlagResult,
        en="Raise a flag.",
        de="Einen Hinweis setzen.",
    )
    lift_flag = command(
        "POST cases /v1/flags/{flag_id}/actions/lift",
        LiftFlagInput,
        _flag,
        FlagResult,
        en="Lift a flag.",
        de="Einen Hinweis aufheben.",
    )
