"""On which ground a referral is sent: a consent, or a statute that carries it."""

from services.referrals.domain.agencies import OrgUnitType
from services.referrals.domain.codes import Mode, Purpose
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.guards.making import consent_guard, sending_guard
from services.referrals.domain.legal_ground import Declaration, StatutoryGround


def _recipient_is(sending: Sending, declaration: Declaration) -> bool:
    """The unit itself, or the one of its controller that passed it on; never so an authority."""
    recipient = sending.recipient
    if recipient is None:
        return False
    if declaration.names(recipient.unit_id):
        return True
    return not recipient.is_foreigners_authority and declaration.recipient_unit in sending.had_by


def _statute_applies(sending: Sending, facts: ReferralFacts) -> bool:
    decision = sending.ground.statutory if sending.ground else None
    if decision is None:
        return True
    if sending.recipient is None or decision.decided_at > facts.now:
        return False
    if decision.ground is StatutoryGround.SGB_X_69_1_1:
        return sending.sender.body_35_sgb1 and sending.recipient.body_35_sgb1
    return (
        sending.mode is Mode.CHILD_PROTECTION
        and sending.recipient.type is OrgUnitType.JUGENDAMT
        and sending.purpose is Purpose.CHILD_PROTECTION
    )


GROUND_IS_GIVEN = sending_guard(
    "legal-ground-is-given",
    # What names nobody is no personal data, and needs none.
    lambda sending, _: (
        sending.ground.is_exactly_one
        if sending.ground is not None
        else sending.mode is Mode.ANONYMOUS_CONSULT
    ),
    de="Es fehlt die Rechtsgrundlage: entweder eine Einwilligung oder eine gesetzliche Befugnis.",
    en="The legal ground is missing: either a consent or a statutory power.",
    source="§ 67b (1), § 67d (1) SGB X",
)
STATUTE_APPLIES = sending_guard(
    "statute-applies",
    _statute_applies,
    de="Die genannte gesetzliche Befugnis trägt diese Weitergabe nicht.",
    en="The statutory power named does not carry this transfer.",
    source="§ 69 (1) Nr. 1 SGB X, § 4 (3) KKG",
)
CONSENT_NAMES_RECIPIENT = consent_guard(
    "consent-names-recipient",
    lambda consent, sending, _: _recipient_is(sending, consent),
    de="Die Einwilligung nennt nicht diese Stelle: unter `legalGround` eine neue angeben.",
    en="The consent does not name this unit: give one under `legalGround` that does.",
    source="§ 67b (2), § 67 (4) SGB X",
)
CONSENT_COVERS_PURPOSE = consent_guard(
    "consent-covers-purpose",
    lambda consent, sending, _: consent.purpose is sending.purpose,
    de="Die Einwilligung gilt für einen anderen Zweck.",
    en="The consent was given for another purpose.",
    source="§ 67b (2) SGB X",
)
CONSENT_COVERS_CATEGORIES = consent_guard(
    "consent-covers-categories",
    lambda consent, sending, _: sending.payload.categories <= consent.categories,
    de="Die Einwilligung umfasst nicht alle enthaltenen Daten.",
    en="The consent does not cover all the data in the referral.",
    source="§ 67b (2) SGB X",
)
CONSENT_HAS_DUE_FORM = consent_guard(
    "consent-has-due-form",
    lambda consent, _, __: consent.has_due_form,
    de="Gesundheitsdaten brauchen eine schriftliche oder elektronische Einwilligung.",
    en="Health data need a written or electronic consent.",
    source="§ 67b (2) s. 2 SGB X",
)
CONSENT_HOLDS_TODAY = consent_guard(
    "consent-holds-today",
    lambda consent, _, facts: consent.holds_on(facts.today),
    de="Die Einwilligung gilt heute nicht: noch nicht erteilt, abgelaufen oder widerrufen.",
    en="The consent does not hold today: not given yet, expired or revoked.",
    source="Art. 7 DSGVO",
)
