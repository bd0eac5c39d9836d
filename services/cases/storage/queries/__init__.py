"""Named queries of the case service, by noun: each is named for its answer."""
