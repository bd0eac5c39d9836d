"""Who asks: the identity that a verified token asserts, and nothing more."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Caller:
    """One person or machine acting for one organisational unit of one tenant.

    `tenant_id` is the five-digit key of a Kreis or kreisfreie Stadt; `unit_id` is the controller
    in the sense of § 67 (4) SGB X. (`issuer`, `subject`) identifies the user, since staff of a
    Kreis and of a provider come from different issuers; `actor` joins the two for storage.
    """

    tenant_id: str
    unit_id: str
    unit_type: str
    issuer: str
    subject: str
    roles: frozenset[str]
    client_id: str = ""
    scopes: frozenset[str] = field(default=frozenset())
    expires_at_s: int = 0
    display_name: str = field(default="", repr=False, compare=False)
    """To greet with, where the token has one; nothing is decided by it and nothing stores it."""

    purposes: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """The purposes that the client is registered for; none: any that is known."""
    usual_purpose: str = field(default="", repr=False, compare=False)
    """What is meant when a request names no purpose."""
    needs_reason: bool = field(default=False, repr=False, compare=False)
    """Whether every write has to say why."""

    @property
    def actor(self) -> str:
        return f"{self.issuer}|{self.subject}"

    @property
    def is_machine(self) -> bool:
        """A client acting for itself: a partner agency's or an integrator's system."""
        return bool(self.roles & {"partner", "integrator"})

    def has_any(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


def system_caller(*, tenant_id: str, unit_id: str, part: str) -> Caller:
    """The identity under which a worker acts on an event or a timer of one unit."""
    return Caller(
        tenant_id=tenant_id,
        unit_id=unit_id,
        unit_type="SYSTEM",
        issuer="urn:kim:system",
        subject=part,
        roles=frozenset({"system"}),
        client_id=part,
    )
