"""Structured logs: one JSON object a line on standard output; no personal data, no query string."""

import json
import logging
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import structlog
from structlog.typing import Processor


@cache
def _encoder(default: Callable[[Any], Any]) -> json.JSONEncoder:
    """Kept: `json.dumps` makes a new one for every line."""
    return json.JSONEncoder(default=default)


def _written(line: Any, default: Callable[[Any], Any]) -> str:
    return _encoder(default).encode(line)


PROCESSORS: Final[tuple[Processor, ...]] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(serializer=_written),
)


def configure_logs(*, part: str, level: str = "INFO") -> None:
    """Log as JSON with the part's name; libraries' own loggers only from WARNING on."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stdout, format="%(message)s", force=True)
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(part=part)
