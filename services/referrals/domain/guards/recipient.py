"""Who may get a referral, and when a foreigners authority may."""

from services.referrals.domain.agencies import EndpointStatus
from services.referrals.domain.codes import DataCategory
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.guards.making import sending_guard
from services.referrals.domain.legal_ground import HEALTH_DISCLOSURE_GROUNDS, DisclosureGround


def _goes_to_authority(sending: Sending) -> bool:
    return sending.recipient is not None and sending.recipient.is_foreigners_authority


def _disclosure_is_decided(sending: Sending, facts: ReferralFacts) -> bool:
    if not _goes_to_authority(sending):
        return True
    decision = sending.disclosure
    if decision is None or decision.decided_at > facts.now or not decision.is_reasoned:
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


RECIPIENT_IS_KNOWN = sending_guard(
    "recipient-is-known",
    lambda sending, _: sending.recipient is not None,
    de="Die zuständige Stelle steht noch nicht fest.",
    en="The responsible unit is not known yet.",
    source="X1",
)
RECIPIENT_IS_ANOTHER_UNIT = sending_guard(
    "recipient-is-another-unit",
    lambda sending, _: (
        sending.recipient is None or sending.recipient.unit_id != sending.sender.unit_id
    ),
    de="Eine Zusteuerung geht an eine andere Stelle.",
    en="A referral goes to another unit.",
    source="§ 67 (4) SGB X",
)
ENDPOINT_IS_ACTIVE = sending_guard(
    "endpoint-is-active",
    lambda sending, _: (
        sending.recipient is None or sending.recipient.endpoint_status is EndpointStatus.ACTIVE
    ),
    de="Die Stelle nimmt zurzeit keine Zusteuerungen an.",
    en="The unit takes no referrals at present.",
    source="X3",
)
SERVICE_IS_OFFERED = sending_guard(
    "service-is-offered",
    lambda sending, _: (
        sending.recipient is None or sending.service.code in sending.recipient.services
    ),
    de="Die Stelle bietet diese Leistung nicht an.",
    en="The unit does not offer this service.",
    source="X1",
)
MODE_IS_ACCEPTED = sending_guard(
    "mode-is-accepted",
    lambda sending, _: sending.recipient is None or sending.recipient.accepts_mode(sending.mode),
    de="Die Stelle nimmt diese Art der Zusteuerung nicht an.",
    en="The unit does not accept this kind of referral.",
    source="X1",
)
COMMITMENT_78_IS_SIGNED = sending_guard(
    "commitment-78-is-signed",
    lambda sending, facts: (
        sending.recipient is None or sending.recipient.is_bound_to_secrecy_on(facts.today)
    ),
    de="Die Stelle hat sich noch nicht nach § 78 SGB X verpflichtet.",
    en="The unit has not committed itself under § 78 SGB X yet.",
    source="§ 78 (1) SGB X",
)
AUTHORITY_GETS_ITS_OWN_MATTERS = sending_guard(
    "authority-gets-its-own-matters",
    lambda sending, _: not _goes_to_authority(sending) or sending.service.is_authority_matter,
    de="An Ausländer- oder Einbürgerungsbehörde gehen nur eigene Anträge der Person.",
    en="Only the person's own applications go to a foreigners or naturalisation authority.",
    source="§ 88 AufenthG",
)
DISCLOSURE_IS_DECIDED = sending_guard(
    "disclosure-is-decided",
    _disclosure_is_decided,
    de="Für die Weitergabe an diese Behörde fehlt eine Entscheidung, die alle Felder nennt.",
    en="A disclosure decision that names every field is missing for this authority.",
    source="§§ 87, 88 AufenthG, § 71 (2) SGB X",
)
