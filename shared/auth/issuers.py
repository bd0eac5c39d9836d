"""Which issuers are trusted, what each may assert, and under which names it says it."""

from collections.abc import Collection
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.kernel.purposes import PURPOSES, usual_purpose

BY_ROLE = "BY_ROLE"
REQUIRED = "REQUIRED"
ANY = "*"


class ClaimNames(BaseModel):
    """Names of the claims, so that Keycloak, Entra and ADFS fit without code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tenant: str = "tenant"
    org_unit: str = "org_unit"
    org_unit_type: str = "org_unit_type"
    roles: str = "roles"
    client: str = "azp"


class TrustedIssuer(BaseModel):
    """One issuer and its bounds: a provider's issuer can never assert a unit of the Kreis.

    `units` and `tenants` list what it may assert; whoever means any says `*` in so many words.
    `clients` are those whose tokens are taken, of all that the issuer issues for this audience.
    `jwks_uri` skips discovery. `purposes` registers clients (`*`: all others) for purposes of
    processing; the first is meant when a request names none, and BY_ROLE as the first means what
    the caller's role usually works for. Where none is registered, `purpose_default` says what is
    meant: one code, BY_ROLE, or REQUIRED, which refuses; left out, REQUIRED in production and
    BY_ROLE in development (decision 0038). With `reason_required` every write needs `KIM-Reason`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(max_length=300)
    audience: str = Field(max_length=200)
    units: tuple[str, ...] = Field(min_length=1)
    tenants: tuple[str, ...] = Field(min_length=1)
    purposes: dict[str, tuple[str, ...]] = {}
    purpose_default: str | None = None
    reason_required: bool = False
    clients: tuple[str, ...] = Field(default=("*",), min_length=1)
    jwks_uri: str | None = None
    claims: ClaimNames = ClaimNames()

    @model_validator(mode="after")
    def _purposes_are_known(self) -> Self:
        named = {code for client in self.purposes for code in self.registered_purposes(client)}
        if self.purpose_default not in {None, BY_ROLE, REQUIRED}:
            named.add(str(self.purpose_default))
        if unknown := named - PURPOSES.keys():
            raise ValueError(f"No purposes of processing: {', '.join(sorted(unknown))}.")
        return self

    def registered_purposes(self, client_id: str) -> tuple[str, ...]:
        """Those that the client may name; none: any."""
        return tuple(code for code in self._registered(client_id) if code != BY_ROLE)

    def usual_purpose(self, client_id: str, roles: Collection[str]) -> str:
        """What the client means when it names none; empty: it must name one."""
        registered = self._registered(client_id)
        meant = registered[0] if registered else self.purpose_default
        if meant in {None, BY_ROLE}:
            return usual_purpose(roles)
        return "" if meant == REQUIRED else str(meant)

    def _registered(self, client_id: str) -> tuple[str, ...]:
        return self.purposes.get(client_id) or self.purposes.get(ANY, ())

    def strict(self) -> Self:
        """The same where nobody may leave out a purpose unless that was said in so many words."""
        if self.purpose_default is not None:
            return self
        return self.model_copy(update={"purpose_default": REQUIRED})

    def may_assert(self, *, tenant_id: str, unit_id: str) -> bool:
        return _covers(self.units, unit_id) and _covers(self.tenants, tenant_id)

    def lets_in(self, client_id: str) -> bool:
        return _covers(self.clients, client_id)


def _covers(allowed: tuple[str, ...], value: str) -> bool:
    return "*" in allowed or value in allowed
