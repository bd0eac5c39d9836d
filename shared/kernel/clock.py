"""Time: instants are UTC, legal dates are dates in Europe/Berlin."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = 5


def now() -> datetime:
    """The present instant in UTC. The domain never calls this; it is handed in."""
    return datetime.now(UTC)


def berlin_date(instant: datetime) -> date:
    """The legal date of an instant in Germany."""
    return instant.astimezone(BERLIN).date()


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def iso_instant(instant: datetime) -> str:
    """ISO 8601 in UTC with `Z`, milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
