"""What the gateway measures besides its own requests."""

from prometheus_client import Counter, Gauge, Histogram

UPSTREAM_SECONDS = Histogram(
    "kim_gateway_upstream_seconds",
    "Duration of calls to the services in seconds, by service and result.",
    ("service", "result"),
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
)
OPERATIONS = Counter(
    "kim_gateway_operations_total",
    "GraphQL operations by kind and result.",
    ("kind", "result"),
)
LIVE_CONNECTIONS = Gauge(
    "kim_gateway_live_connections",
    "Open connections that wait for changes, by kind.",
    ("kind",),
)
LIVE_SUBSCRIPTIONS = Gauge(
    "kim_gateway_live_subscriptions",
    "Open subscriptions, by what they wait for.",
    ("topic",),
)
LIVE_EVENTS = Counter(
    "kim_gateway_live_events_total",
    "Events asked for in the name of a subscriber, by what became of them.",
    ("topic", "result"),
)
LIVE_MISSED = Counter(
    "kim_gateway_live_missed_total",
    "Times that a subscriber had to be told that it missed events.",
)
