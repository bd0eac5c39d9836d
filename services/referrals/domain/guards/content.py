"""What a referral contains: complete, no more than needed, and no secret without release."""

from services.referrals.domain.answers import looks_personal
from services.referrals.domain.codes import DataCategory, Mode
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.guards.making import sending_guard
from services.referrals.domain.sharing import ANONYMOUS_CATEGORIES


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


def _names_nobody(sending: Sending, _: ReferralFacts) -> bool:
    if sending.mode is not Mode.ANONYMOUS_CONSULT:
        return True
    payload, recipient = sending.payload, sending.recipient
    return (
        payload.categories <= ANONYMOUS_CATEGORIES
        # Whether a text names somebody can be judged only where it can be read.
        and not payload.is_sealed
        and not any(path.startswith("attachments.") for path in payload.fields)
        and not any(map(looks_personal, payload.summaries))
        and (recipient is None or not recipient.is_foreigners_authority)
    )


def _is_complete(sending: Sending, _: ReferralFacts) -> bool:
    if sending.mode is Mode.ANONYMOUS_CONSULT:
        return DataCategory.NEED in sending.payload.categories
    return sending.payload.is_complete


NAMES_NOBODY = sending_guard(
    "names-nobody",
    _names_nobody,
    de="Eine anonyme Beratung nennt Anliegen, Sprachen, Bildung und Arbeit; niemand ist daraus zu "
    "erkennen, und sie geht an keine Ausländer- oder Einbürgerungsbehörde.",
    en="An anonymous consultation says need, languages, education and work; nobody can be told "
    "from it, and it goes to no foreigners or naturalisation authority.",
    source="§ 64 (2a) SGB VIII, § 4 (2) KKG",
)
CONTENT_IS_COMPLETE = sending_guard(
    "content-is-complete",
    _is_complete,
    de="Name oder Pseudonym und Sprache fehlen.",
    en="A name or pseudonym and a language are missing.",
    source="C1, X2",
)
CONTENT_IS_MINIMAL = sending_guard(
    "content-is-minimal",
    lambda sending, _: not sending.payload.beyond(sending.service),
    de="Die Zusteuerung enthält Daten, die diese Leistung nicht braucht.",
    en="The referral contains data that this service has no need of.",
    source="Art. 5 (1) c DSGVO",
)
DISPUTES_ARE_CARRIED = sending_guard(
    "disputes-are-carried",
    lambda sending, _: sending.payload.has_only_known_disputes,
    de="Ein als bestritten gekennzeichnetes Feld ist nicht enthalten.",
    en="A field marked as disputed is not part of the content.",
    source="§ 84 (2) SGB X",
)
SECRETS_ARE_PRESENT = sending_guard(
    "secrets-are-present",
    lambda sending, _: sending.payload.has_only_present_secrets,
    de="Ein als anvertraut gekennzeichneter Teil ist nicht enthalten.",
    en="A part marked as secret is not part of the content.",
    source="§ 203 StGB",
)
SECRECY_IS_RELEASED = sending_guard(
    "secrecy-is-released",
    _secrecy_is_released,
    de="Für anvertraute oder beruflich geheime Daten fehlt eine Schweigepflichtentbindung, die "
    "diese Stelle nennt (`legalGround.secrecyRelease`).",
    en="A release from secrecy that names this unit (`legalGround.secrecyRelease`) is missing for "
    "entrusted or professionally secret data.",
    source="§ 203 StGB, § 65 SGB VIII",
)
PROTECTION_STEPS_ARE_RECORDED = sending_guard(
    "protection-steps-are-recorded",
    lambda sending, _: (
        sending.mode is not Mode.CHILD_PROTECTION
        or (sending.protection_steps is not None and sending.protection_steps.is_recorded)
    ),
    de="Die Schritte vor der Mitteilung an das Jugendamt sind nicht festgehalten.",
    en="The steps before the notice to the Jugendamt are not recorded.",
    source="§ 4 KKG",
)
