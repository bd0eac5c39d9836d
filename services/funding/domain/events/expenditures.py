"""What happens to expenditure."""

EVENTS: tuple[type, ...] = ()
