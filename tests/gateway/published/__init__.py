"""Which type of the GraphQL schema is which part of which service, one module for each noun.

A module names its service by its own name or by `SERVICE`.
"""

from types import ModuleType

from tests.gateway.published import cases, funding, referrals

MODULES: tuple[ModuleType, ...] = (cases, funding, referrals)


def _service(module: ModuleType) -> str:
    return getattr(module, "SERVICE", module.__name__.rpartition(".")[2])


# GraphQL type → (service, schema of its OpenAPI document)
ANSWERS: dict[str, tuple[str, str]] = {
    kind: (_service(module), name) for module in MODULES for kind, name in module.ANSWERS.items()
}
# GraphQL input → (service, method, path)
REQUESTS: dict[str, tuple[str, str, str]] = {
    kind: (_service(module), *line.split(" "))
    for module in MODULES
    for kind, line in module.REQUESTS.items()
}
# GraphQL enum → (module, name of the enum in it)
ENUMS: dict[str, tuple[str, str]] = {
    kind: (f"services.{_service(module)}.{place}", name)
    for module in MODULES
    for kind, (place, _, name) in (
        (kind, path.partition(":")) for kind, path in module.ENUMS.items()
    )
}
# What the gateway says elsewhere than in the body: `submit` is the choice between two mutations.
SAID_BY_THE_MUTATION = {"NewReferralInput": {"submit"}}
# Enums of the gateway alone, or compared elsewhere.
OWN_ENUMS = frozenset(
    {"ReferralSide", "NumberLocale", "DatePrecision", "CefrLevel", "ResidenceGroup"}
)
