"""What happens to proofs of use."""

EVENTS: tuple[type, ...] = ()
