"""Funding listens to no other service; its own events leave by the relay of the worker."""
