"""Deadlines that come near or are missed, and what a person should look at."""

EVENTS: tuple[type, ...] = ()
