"""What the timeline of a case tells of."""

from enum import StrEnum


class CaseEntryKind(StrEnum):
    PHASE = "PHASE"
    CONTACT = "CONTACT"
    TASK = "TASK"
    TASK_ENDED = "TASK_ENDED"
    NOTE = "NOTE"
    PLAN_VERSION = "PLAN_VERSION"
    DOCUMENT = "DOCUMENT"
    STATUS = "STATUS"
