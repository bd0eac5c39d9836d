"""What an event token says: one event in ids and codes, as the feed tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from shared.kernel.errors import Conflict
from shared.kernel.text import Text

ISSUER: Final = "urn:kim:referrals"


class EventTokensAreOff(Conflict):
    code = "event-tokens-are-off"
    title = Text(
        de="Signierte Ereignisse sind hier nicht eingerichtet.",
        en="Signed events are not set up here.",
    )


def claims_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """`jti` is the id of the event, so that a token kept twice is known as the same.

    Source: RFC 8417; `sub` and `txn` as FIT-Connect writes them.
    """
    instant = int(datetime.fromisoformat(event["time"]).timestamp())
    return {
        "iss": ISSUER,
        "iat": instant,
        "jti": event["id"],
        "sub": f"submission:{event['subject']}",
        "txn": f"case:{event['subject']}",
        "events": {f"urn:kim:event:{event['type']}": event["data"]},
    }
