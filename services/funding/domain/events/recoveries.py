"""What happens to recoveries, interest and the export to the finance system."""

EVENTS: tuple[type, ...] = ()
