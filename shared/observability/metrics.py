"""Prometheus metrics that every process has."""

from prometheus_client import Counter, Histogram

REQUEST_SECONDS = Histogram(
    "kim_request_seconds",
    "Duration of HTTP requests in seconds by method, route and status.",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
RATE_LIMITED = Counter(
    "kim_rate_limited_total", "Requests answered 429, by the quota that was used up.", ("quota",)
)
DEPRECATED_REQUESTS = Counter(
    "kim_deprecated_requests_total", "Requests of deprecated operations.", ("method", "route")
)
EVENTS_RELAYED = Counter("kim_events_relayed_total", "Events taken from the outbox to the broker.")
EVENTS_CONSUMED = Counter(
    "kim_events_consumed_total", "Events handled, by consumer and result.", ("consumer", "result")
)
WEBHOOK_ATTEMPTS = Counter(
    "kim_webhook_attempts_total",
    "Tries to deliver an event to a partner, by outcome.",
    ("outcome",),
)
WEBHOOK_ALARMS = Counter(
    "kim_webhook_alarms_total", "Webhook endpoints that fell silent for longer than they allow."
)
