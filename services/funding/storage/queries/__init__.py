"""Named queries of the funding service: each is named for its answer."""
