"""Field types of the webhook console."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from shared.database.cursors import CURSOR_PATTERN
from shared.web.fields import coded, line
from shared.webhooks.targets import URL_LENGTH_MAX, URL_PATTERN

INSTANT_PATTERN = (
    r"^(20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]"
    r":[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$"
)


def _instant(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(INSTANT_PATTERN, value, re.ASCII):
        raise ValueError("An instant is ISO 8601 text with its offset.")
    return datetime.fromisoformat(value)


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": INSTANT_PATTERN}),
]
ReceiverUrl = coded(URL_PATTERN, URL_LENGTH_MAX)
Description = line(200)
EventType = coded(r"^kim\.[a-z]+\.[a-z0-9-]+\.v[0-9]+$", 200)
Cursor = coded(CURSOR_PATTERN, 512)
