"""Who asks, as the token says."""

import strawberry

from gateway.schema.published import both, field
from shared.kernel.caller import Caller


@strawberry.type(
    description=both("The person or machine that asks.", "Die Person oder Maschine, die fragt.")
)
class Viewer:
    actor: str = field("Issuer and subject of the token.", "Aussteller und Kennung aus dem Token.")
    tenant_id: str = field(
        "Five-digit key of the Kreis or kreisfreie Stadt.",
        "Fünfstelliger Schlüssel des Kreises oder der kreisfreien Stadt.",
    )
    unit_id: str = field("The organisational unit.", "Die Organisationseinheit.")
    unit_type: str = field("Type of the unit.", "Art der Organisationseinheit.")
    roles: list[str] = field("Roles.", "Rollen.")
    is_machine: bool = field("Whether it is a machine.", "Ob es eine Maschine ist.")


def viewer_of(caller: Caller) -> Viewer:
    return Viewer(
        actor=caller.actor,
        tenant_id=caller.tenant_id,
        unit_id=caller.unit_id,
        unit_type=caller.unit_type,
        roles=sorted(caller.roles),
        is_machine=caller.is_machine,
    )
