"""Why a token is refused. The client learns no more than `invalid_token`."""

from shared.kernel.errors import NotPermitted, Refusal
from shared.kernel.text import Text


class TokenRefused(Refusal):
    """Answered with `WWW-Authenticate: Bearer`; the reason goes to the log, never outside."""

    status = 401
    code = "token-refused"
    title = Text(de="Ein gültiges Zugriffstoken fehlt.", en="A valid access token is missing.")

    def __init__(self, reason: str = "missing") -> None:
        super().__init__()
        self.reason = reason


class UnitMissing(NotPermitted):
    code = "unit-missing"
    title = Text(
        de="Das Token nennt keine Organisationseinheit oder eine, die sein Aussteller nicht"
        " vergeben darf.",
        en="The token names no organisational unit, or one that its issuer may not assert.",
    )


class KeysUnavailable(Refusal):
    """There never were keys of this issuer; once there were, the old ones keep working."""

    status = 503
    code = "issuer-unavailable"
    title = Text(
        de="Der Anmeldedienst ist zurzeit nicht erreichbar.",
        en="The identity provider cannot be reached at present.",
    )
