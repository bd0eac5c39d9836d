"""What happens to drawdowns, instalments and payments."""

EVENTS: tuple[type, ...] = ()
