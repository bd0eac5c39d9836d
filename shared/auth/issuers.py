"""Which issuers are trusted, what each may assert, and under which names it says it."""

from pydantic import BaseModel, ConfigDict, Field


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
    `jwks_uri` skips discovery.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(max_length=300)
    audience: str = Field(max_length=200)
    units: tuple[str, ...] = Field(min_length=1)
    tenants: tuple[str, ...] = Field(min_length=1)
    jwks_uri: str | None = None
    claims: ClaimNames = ClaimNames()

    def may_assert(self, *, tenant_id: str, unit_id: str) -> bool:
        return _covers(self.units, unit_id) and _covers(self.tenants, tenant_id)


def _covers(allowed: tuple[str, ...], value: str) -> bool:
    return "*" in allowed or value in allowed
