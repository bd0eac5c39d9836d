"""Sources of money for one allocation: what the Land pays is proved apart from own money."""

from enum import StrEnum


class MoneySource(StrEnum):
    LAND = "LAND"
    MUNICIPAL_OWN = "MUNICIPAL_OWN"
