"""Which JSON the client takes: `Accept` with its weights (RFC 9110, GraphQL over HTTP)."""

import re
from dataclasses import dataclass

from shared.web.problems import NotAcceptable

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = "text/event-stream"
# The order of preference where the client weighs both the same: `*/*` and no header mean the
# older type, because clients that name none predate the new one.
OFFERED = (JSON, GRAPHQL_JSON)
RANGES_MAX = 40
WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class _Range:
    media: str
    weight: float
    place: int

    def specificity(self, offered: str) -> int:
        """2 for the very type, 1 for `application/*`, 0 for `*/*`, -1 when it does not match."""
        if self.media == offered:
            return 2
        if self.media == "*/*":
            return 0
        return 1 if self.media == "application/*" else -1


def negotiate(accept: str | None) -> str:
    """The type to answer in. Raises NotAcceptable (406) when the client takes neither."""
    if accept is None or not accept.strip():
        return JSON
    ranges = _ranges(accept)
    ranked = [
        (weight, specificity, -place, offered)
        for offered in OFFERED
        for weight, specificity, place in [_match(offered, ranges)]
        if weight > 0
    ]
    if not ranked:
        raise NotAcceptable(accepted=[GRAPHQL_JSON, JSON, EVENT_STREAM])
    return max(ranked, key=lambda rank: rank[:3])[3]


def is_event_stream(accept: str | None) -> bool:
    """Whether the client names the stream and takes no JSON: clients that take both mean JSON."""
    ranges = _ranges(accept or "*/*")
    takes_json = any(_match(offered, ranges)[0] > 0 for offered in OFFERED)
    return not takes_json and any(r.media == EVENT_STREAM and r.weight > 0 for r in ranges)


def _match(offered: str, ranges: list[_Range]) -> tuple[float, int, int]:
    """Weight, specificity and place of the most specific range that covers the type."""
    best = (0.0, -1, 0)
    for one in ranges:
        specificity = one.specificity(offered)
        if specificity > best[1]:
            best = (one.weight, specificity, one.place)
    return best


def _ranges(accept: str) -> list[_Range]:
    found = []
    for place, part in enumerate(accept.lower().split(",")[:RANGES_MAX]):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        if not _is_utf8(parameters):
            continue
        found.append(_Range(media, _weight(parameters), place))
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if WEIGHT.fullmatch(value.strip()) else 0.0
    return 1.0


def _is_utf8(parameters: list[str]) -> bool:
    """We answer in UTF-8 only; a range that names another charset is none of ours."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') != "utf-8":
            return False
    return True
