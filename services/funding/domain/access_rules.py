"""Why somebody sees an award or an allocation: money is read by role, in the whole county.

The policies of the tables and the doors decide; here stand the sentences.
"""

from collections.abc import Mapping
from typing import Final

from services.funding.domain.access import Role
from services.funding.domain.access_basis import VV_44
from shared.kernel.access_rules import AccessRule, Effect, rules_that_apply
from shared.kernel.text import Text


def _shown_to(role: Role, basis: Text, *, de: str, en: str) -> AccessRule[frozenset[str]]:
    return AccessRule(
        code=f"read-as-{role.value.replace('_', '-')}",
        effect=Effect.SHOWS,
        basis=basis,
        text=Text(de=de, en=en),
        applies=lambda roles: role.value in roles,
    )


# One for each role that may read funding; a test holds the two tables together.
READERS: Final[Mapping[Role, AccessRule[frozenset[str]]]] = {
    Role.FUNDING_OFFICER: _shown_to(
        Role.FUNDING_OFFICER,
        VV_44,
        de="Sie bearbeiten die Förderung des Kreises; freigeben muss eine zweite Person.",
        en="You work on the county's funding; a second person has to release it.",
    ),
    Role.FUNDING_APPROVER: _shown_to(
        Role.FUNDING_APPROVER,
        VV_44,
        de="Sie geben frei, was die Sachbearbeitung der Förderung erfasst hat.",
        en="You release what the funding officers have recorded.",
    ),
    Role.UNIT_HEAD: _shown_to(
        Role.UNIT_HEAD,
        VV_44,
        de="Sie leiten die Stelle und unterschreiben den Verwendungsnachweis.",
        en="You head the unit and sign the proof of use.",
    ),
    Role.COORDINATOR: _shown_to(
        Role.COORDINATOR,
        Text(de="Förderrichtlinie KIM", en="funding guideline for KIM"),
        de="Sie koordinieren das KIM im Kreis und steuern Stellen und Weiterleitungen.",
        en="You coordinate KIM in the county and steer posts and forwarded money.",
    ),
    Role.AUDITOR: _shown_to(
        Role.AUDITOR,
        Text(de="§§ 101 ff. GO NRW, § 53 KrO NRW", en="§§ 101 ff. GO NRW, § 53 KrO NRW"),
        de="Sie prüfen die Rechnung des Kreises und lesen dazu die Förderung.",
        en="You audit the county's accounts and read its funding for that.",
    ),
}
FUNDING_RULES: Final[tuple[AccessRule[frozenset[str]], ...]] = (
    *READERS.values(),
    AccessRule(
        code="cases-hidden-from-audit",
        effect=Effect.NARROWS,
        basis=Text(de="§ 35 Abs. 1 SGB I", en="§ 35 (1) SGB I"),
        text=Text(
            de="Für welchen Fall eine Ausgabe war, sieht die Prüfung nicht; es ist für sie nicht"
            " erforderlich.",
            en="Which case an expenditure was for is not shown to the audit; it does not need it.",
        ),
        members=("expenditures.subjectRef",),
        applies=lambda roles: Role.AUDITOR.value in roles,
    ),
)


def rules_of_funding(roles: frozenset[str]) -> tuple[AccessRule[frozenset[str]], ...]:
    """The same for awards and allocations: nothing in their documents is hidden from who may
    read them.
    """
    return rules_that_apply(FUNDING_RULES, roles)
