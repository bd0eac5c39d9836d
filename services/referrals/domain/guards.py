"""The preconditions of preparing and sending a referral, one per rule, each with its source.

All of them are judged again at the moment of sending: what was true of the draft proves nothing.
"""

from collections.abc import Callable

from services.referrals.domain.agencies import EndpointStatus, OrgUnitType
from services.referrals.domain.codes import DataCategory, Mode, Purpose
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.legal_ground import (
    HEALTH_DISCLOSURE_GROUNDS,
    Declaration,
    DisclosureGround,
    StatutoryGround,
)
from shared.kernel.lifecycle import Guard
from shared.kernel.text import Text


def _guard(
    guard_id: str,
    holds: Callable[[Sending, ReferralFacts], bool],
    *,
    de: str,
    en: str,
    source: str,
) -> Guard[ReferralFacts]:
    """A guard over what the sender brings; without that it does not hold."""

    def of_facts(facts: ReferralFacts) -> bool:
        return facts.sending is not None and holds(facts.sending, facts)

    return Guard(guard_id, of_facts, Text(de, en), source)


def _consent(
    guard_id: str,
    holds: Callable[[Declaration, Sending, ReferralFacts], bool],
    *,
    de: str,
    en: str,
    source: str,
) -> Guard[ReferralFacts]:
    """A guard over the consent; where the ground is a statute it holds."""

    def of_sending(sending: Sending, facts: ReferralFacts) -> bool:
        if sending.ground is None or sending.ground.consent is None:
            return True
        return holds(sending.ground.consent, sending, facts)

    return _guard(guard_id, of_sending, de=de, en=en, source=source)


def _recipient_is(sending: Sending, declaration: Declaration) -> bool:
    return sending.recipient is not None and declaration.names(sending.recipient.unit_id)


def _secrecy_is_released(sending: Sending, facts: ReferralFacts) -> bool:
    secret, ground = sending.payload.secret, sending.ground
    if not secret or (ground and ground.permits_breaking_secrecy):
        return True
    release = ground.secrecy_release if ground else None
    return (
        release is not None
        and secret <= release.categories
        and release.holds_on(facts.today)
        and (sending.recipient is None or release.names(sending.recipient.unit_id))
    )


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


def _goes_to_authority(sending: Sending) -> bool:
    return sending.recipient is not None and sending.recipient.is_foreigners_authority


def _disclosure_is_decided(sending: Sending, facts: ReferralFacts) -> bool:
    if not _goes_to_authority(sending):
        return True
    decision = sending.disclosure
    if decision is None or decision.decided_at > facts.now or not decision.reason.strip():
        return False
    if decision.ground is DisclosureGround.CLIENT_CONSENT and (
        sending.ground is None or sending.ground.consent is None
    ):
        return False
    if (
        DataCategory.HEALTH in sending.payload.categories
        and decision.ground not in HEALTH_DISCLOSURE_GROUNDS
    ):
        return False
    return sending.payload.fields <= decision.fields


CONTENT_IS_COMPLETE = _guard(
    "content-is-complete",
    lambda sending, _: sending.payload.is_complete,
    de="Name oder Pseudonym und Sprache fehlen.",
    en="A name or pseudonym and a language are missing.",
    source="C1, X2",
)
CONTENT_IS_MINIMAL = _guard(
    "content-is-minimal",
    lambda sending, _: not sending.payload.beyond(sending.service),
    de="Die Zusteuerung enthält Daten, die diese Leistung nicht braucht.",
    en="The referral contains data that this service has no need of.",
    source="Art. 5 (1) c DSGVO",
)
DISPUTES_ARE_CARRIED = _guard(
    "disputes-are-carried",
    lambda sending, _: sending.payload.has_only_known_disputes,
    de="Ein als bestritten gekennzeichnetes Feld ist nicht enthalten.",
    en="A field marked as disputed is not part of the content.",
    source="§ 84 (2) SGB X",
)
SECRETS_ARE_PRESENT = _guard(
    "secrets-are-present",
    lambda sending, _: sending.payload.has_only_present_secrets,
    de="Ein als anvertraut gekennzeichneter Teil ist nicht enthalten.",
    en="A part marked as secret is not part of the content.",
    source="§ 203 StGB",
)
SECRECY_IS_RELEASED = _guard(
    "secrecy-is-released",
    _secrecy_is_released,
    de="Für anvertraute oder beruflich geheime Daten fehlt eine Schweigepflichtentbindung.",
    en="A release from secrecy is missing for entrusted or professionally secret data.",
    source="§ 203 StGB, § 65 SGB VIII",
)
RECIPIENT_IS_KNOWN = _guard(
    "recipient-is-known",
    lambda sending, _: sending.recipient is not None,
    de="Die zuständige Stelle steht noch nicht fest.",
    en="The responsible unit is not known yet.",
    source="X1",
)
RECIPIENT_IS_ANOTHER_UNIT = _guard(
    "recipient-is-another-unit",
    lambda sending, _: (
        sending.recipient is None or sending.recipient.unit_id != sending.sender.unit_id
    ),
    de="Eine Zusteuerung geht an eine andere Stelle.",
    en="A referral goes to another unit.",
    source="§ 67 (4) SGB X",
)
ENDPOINT_IS_ACTIVE = _guard(
    "endpoint-is-active",
    lambda sending, _: (
        sending.recipient is None or sending.recipient.endpoint_status is EndpointStatus.ACTIVE
    ),
    de="Die Stelle nimmt zurzeit keine Zusteuerungen an.",
    en="The unit takes no referrals at present.",
    source="X3",
)
SERVICE_IS_OFFERED = _guard(
    "service-is-offered",
    lambda sending, _: (
        sending.recipient is None or sending.service.code in sending.recipient.services
    ),
    de="Die Stelle bietet diese Leistung nicht an.",
    en="The unit does not offer this service.",
    source="X1",
)
COMMITMENT_78_IS_SIGNED = _guard(
    "commitment-78-is-signed",
    lambda sending, facts: (
        sending.recipient is None or sending.recipient.is_bound_to_secrecy_on(facts.today)
    ),
    de="Die Stelle hat sich noch nicht nach § 78 SGB X verpflichtet.",
    en="The unit has not committed itself under § 78 SGB X yet.",
    source="§ 78 (1) SGB X",
)
AUTHORITY_GETS_ITS_OWN_MATTERS = _guard(
    "authority-gets-its-own-matters",
    lambda sending, _: not _goes_to_authority(sending) or sending.service.is_authority_matter,
    de="An Ausländer- oder Einbürgerungsbehörde gehen nur eigene Anträge der Person.",
    en="Only the person's own applications go to a foreigners or naturalisation authority.",
    source="§ 88 AufenthG",
)
DISCLOSURE_IS_DECIDED = _guard(
    "disclosure-is-decided",
    _disclosure_is_decided,
    de="Für die Weitergabe an diese Behörde fehlt eine Entscheidung, die alle Felder nennt.",
    en="A disclosure decision that names every field is missing for this authority.",
    source="§§ 87, 88 AufenthG, § 71 (2) SGB X",
)
GROUND_IS_GIVEN = _guard(
    "legal-ground-is-given",
    lambda sending, _: sending.ground is not None and sending.ground.is_exactly_one,
    de="Es fehlt die Rechtsgrundlage: entweder eine Einwilligung oder eine gesetzliche Befugnis.",
    en="The legal ground is missing: either a consent or a statutory power.",
    source="§ 67b (1), § 67d (1) SGB X",
)
STATUTE_APPLIES = _guard(
    "statute-applies",
    _statute_applies,
    de="Die genannte gesetzliche Befugnis trägt diese Weitergabe nicht.",
    en="The statutory power named does not carry this transfer.",
    source="§ 69 (1) Nr. 1 SGB X, § 4 (3) KKG",
)
CONSENT_NAMES_RECIPIENT = _consent(
    "consent-names-recipient",
    lambda consent, sending, _: _recipient_is(sending, consent),
    de="Die Einwilligung nennt nicht diese Stelle.",
    en="The consent does not name this unit.",
    source="§ 67b (2) SGB X",
)
CONSENT_COVERS_PURPOSE = _consent(
    "consent-covers-purpose",
    lambda consent, sending, _: consent.purpose is sending.purpose,
    de="Die Einwilligung gilt für einen anderen Zweck.",
    en="The consent was given for another purpose.",
    source="§ 67b (2) SGB X",
)
CONSENT_COVERS_CATEGORIES = _consent(
    "consent-covers-categories",
    lambda consent, sending, _: sending.payload.categories <= consent.categories,
    de="Die Einwilligung umfasst nicht alle enthaltenen Daten.",
    en="The consent does not cover all the data in the referral.",
    source="§ 67b (2) SGB X",
)
CONSENT_HAS_DUE_FORM = _consent(
    "consent-has-due-form",
    lambda consent, _, __: consent.has_due_form,
    de="Gesundheitsdaten brauchen eine schriftliche oder elektronische Einwilligung.",
    en="Health data need a written or electronic consent.",
    source="§ 67b (2) s. 2 SGB X",
)
CONSENT_HOLDS_TODAY = _consent(
    "consent-holds-today",
    lambda consent, _, facts: consent.holds_on(facts.today),
    de="Die Einwilligung gilt heute nicht: noch nicht erteilt, abgelaufen oder widerrufen.",
    en="The consent does not hold today: not given yet, expired or revoked.",
    source="Art. 7 DSGVO",
)
PROTECTION_STEPS_ARE_RECORDED = _guard(
    "protection-steps-are-recorded",
    lambda sending, _: (
        sending.mode is not Mode.CHILD_PROTECTION
        or (sending.protection_steps is not None and sending.protection_steps.is_recorded)
    ),
    de="Die Schritte vor der Mitteilung an das Jugendamt sind nicht festgehalten.",
    en="The steps before the notice to the Jugendamt are not recorded.",
    source="§ 4 KKG",
)

TO_PREPARE = (
    CONTENT_IS_COMPLETE,
    CONTENT_IS_MINIMAL,
    DISPUTES_ARE_CARRIED,
    SECRETS_ARE_PRESENT,
    SECRECY_IS_RELEASED,
)

TO_SUBMIT = (
    *TO_PREPARE,
    RECIPIENT_IS_KNOWN,
    RECIPIENT_IS_ANOTHER_UNIT,
    ENDPOINT_IS_ACTIVE,
    SERVICE_IS_OFFERED,
    COMMITMENT_78_IS_SIGNED,
    AUTHORITY_GETS_ITS_OWN_MATTERS,
    DISCLOSURE_IS_DECIDED,
    GROUND_IS_GIVEN,
    STATUTE_APPLIES,
    CONSENT_NAMES_RECIPIENT,
    CONSENT_COVERS_PURPOSE,
    CONSENT_COVERS_CATEGORIES,
    CONSENT_HAS_DUE_FORM,
    CONSENT_HOLDS_TODAY,
    PROTECTION_STEPS_ARE_RECORDED,
)

TO_FORWARD = (
    ENDPOINT_IS_ACTIVE,
    COMMITMENT_78_IS_SIGNED,
    AUTHORITY_GETS_ITS_OWN_MATTERS,
    DISCLOSURE_IS_DECIDED,
    STATUTE_APPLIES,
)
"""Judged over the new unit: passing on inside one controller is no way round the rules of sending.

The consent is the controller's, § 67 (4) SGB X, and need not name the sub-unit.
"""
