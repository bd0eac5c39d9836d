"""A consent as a record in the terms of ISO/IEC TS 27560:2023 and of the Data Privacy Vocabulary.

Four parts, as the standard has them: the record, the processing that the notice told of, the
parties, and the events of its life. The scope never changes: a new consent supersedes it. The
notice is named by its version, so that what the person was told then can be read later.
"""

from collections.abc import Mapping
from typing import Any, Final

from services.cases.domain.consent import ConsentType, DataCategory, Form
from services.cases.domain.consent_lifecycle import ConsentState

SCHEMA: Final = "ISO/IEC TS 27560:2023"
DPV: Final = "https://w3id.org/dpv#"
STATES: Final[Mapping[ConsentState, str]] = {
    ConsentState.DRAFT: "ConsentRequested",
    ConsentState.SCHEDULED: "ConsentGiven",
    ConsentState.ACTIVE: "ConsentGiven",
    ConsentState.REFUSED: "ConsentRefused",
    ConsentState.REVOKED: "ConsentWithdrawn",
    ConsentState.EXPIRED: "ConsentExpired",
    ConsentState.SUPERSEDED: "RenewedConsentGiven",
    ConsentState.INVALID: "ConsentInvalidated",
}
# A signature or a click is a statement of its own; what was said aloud is noted by somebody else.
FORMS: Final[Mapping[Form, str]] = {
    Form.SCHRIFTLICH: "ExplicitlyExpressedConsent",
    Form.ELEKTRONISCH: "ExplicitlyExpressedConsent",
    Form.MUENDLICH: "ExpressedConsent",
}
# Art. 9 (1) GDPR; a residence group can reveal ethnic origin.
SPECIAL: Final = frozenset({DataCategory.HEALTH, DataCategory.RESIDENCE_GROUP})
LAWFUL_BASES: Final[Mapping[ConsentType, str]] = {
    ConsentType.EINWILLIGUNG: "Art. 6 (1) a, 9 (2) a GDPR; § 67b (2) SGB X",
    ConsentType.SCHWEIGEPFLICHTENTBINDUNG: "§ 203 StGB",
}


def consent_record(consent: Mapping[str, Any]) -> dict[str, Any]:
    """From the published consent; nothing is added that it does not say."""
    state = ConsentState(consent["state"])
    kind = ConsentType(consent["consentType"])
    return {
        "schemaVersion": SCHEMA,
        "recordId": consent["id"],
        "piiPrincipalId": consent["subjectPersonId"],
        "processing": {
            "privacyNotice": consent["informationTextVersion"],
            "language": consent["language"],
            "purpose": consent["purpose"],
            "purposeDescription": consent["purposeText"],
            "lawfulBasis": LAWFUL_BASES[kind],
            "consentType": DPV + FORMS[Form(consent["form"])],
            "piiCategories": [
                {
                    "category": category,
                    "dpv": DPV
                    + ("SpecialCategoryPersonalData" if category in SPECIAL else "PersonalData"),
                }
                for category in sorted(consent["dataCategories"])
            ],
            "jurisdiction": "DE-NW",
            "validFrom": consent["validFrom"],
            "validTo": consent["validTo"],
            "withdrawalMethod": "ANY_FORM",
            "isRevocabilityExplained": consent["isRevocabilityExplained"],
            "isRefusalExplained": consent["isRefusalExplained"],
            "evidenceDocumentId": consent["evidenceDocumentId"],
        },
        "parties": [
            {"party": consent["discloserUnit"], "role": DPV + "DataController"},
            {"party": consent["recipientUnit"], "role": DPV + "Recipient"},
        ],
        "events": _events(consent, state),
    }


def _events(consent: Mapping[str, Any], state: ConsentState) -> list[dict[str, Any]]:
    """What is known of its life: when it was asked for, given, and how it stands now."""
    events = [
        {
            "state": DPV + "ConsentRequested",
            "at": consent["recordedAt"],
            "by": consent["recordedBy"],
        }
    ]
    if state not in {ConsentState.DRAFT, ConsentState.REFUSED}:
        giver = consent["subjectPersonId"] if consent["giver"] == "SELF" else consent["giver"]
        events.append({"state": DPV + "ConsentGiven", "at": consent["givenOn"], "by": giver})
    present = DPV + STATES[state]
    if present not in {event["state"] for event in events}:
        at = consent["revokedAt"] or (consent["validTo"] if state is ConsentState.EXPIRED else None)
        events.append({"state": present, "at": at, "by": None})
    return events
