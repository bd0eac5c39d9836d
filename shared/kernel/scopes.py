"""Scopes of a token narrow what its roles permit, and never widen it."""

from collections.abc import Collection


def scopes_permit(scopes: Collection[str], service: str, right: str) -> bool:
    """Whether an application may use this right of the service at all.

    `cases:import-cases` among the scopes limits the application to that right of `cases`. Without
    a scope of this service nothing is narrowed; scopes of others, such as `openid`, say nothing.
    """
    own = {scope for scope in scopes if scope.startswith(f"{service}:")}
    return not own or f"{service}:{right}" in own
