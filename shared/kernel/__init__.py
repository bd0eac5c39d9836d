"""The pure kernel: what every part needs and nothing outside Python."""
