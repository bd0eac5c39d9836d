"""What a notice asks for beside its money."""

from enum import StrEnum


class ConditionCode(StrEnum):
    """What an ancillary provision (Nebenbestimmung) is about."""

    PURPOSE = "PURPOSE"
    PERIOD = "PERIOD"
    REPORT = "REPORT"
    REPAYMENT = "REPAYMENT"
    OTHER = "OTHER"
