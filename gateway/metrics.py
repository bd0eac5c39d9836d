"""What the gateway measures besides its own requests."""

from prometheus_client import Counter, Histogram

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
