"""The codes of the controlling report in German."""

from gateway.clients.conversation import Record
from gateway.reports import german
from gateway.schema.codes.controlling import ReferralOutcome
from gateway.schema.referral_controlling import agency_label
from gateway.schema.texts import label_of
from shared.kernel.periods import Period

HIDDEN = "•"
NO_DAYS = "–"
QUARTER_NAMES = {1: "1. Quartal", 2: "2. Quartal", 3: "3. Quartal", 4: "4. Quartal"}


def period_name(period: Period) -> str:
    if period.quarter is None:
        return f"Jahr {period.year}"
    return f"{QUARTER_NAMES[period.quarter]} {period.year}"


def agency(kind: str) -> str:
    return agency_label(kind)["de"]


def outcome(code: str) -> str:
    return label_of(ReferralOutcome, code)["de"]


def days(median: str | None) -> str:
    """`2,5`; a dash where fewer than five referrals say it."""
    return NO_DAYS if median is None else median.replace(".", ",")


def group(item: Record) -> str:
    label: str = item["label"]["de"]
    return label


def count(number: int | None) -> str:
    """On paper a hidden number is easier to see than in a table of figures."""
    return HIDDEN if number is None else german.count(number)
