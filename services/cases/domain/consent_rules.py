"""What keeps a consent from becoming effective: one row per rule (K2, R-C1 to R-C4)."""

import re
from collections.abc import Callable
from typing import Final

from services.cases.domain.consent import (
    Consent,
    ConsentType,
    DataCategory,
    Form,
    Giver,
    RepresentationBasis,
    latest_valid_to,
)
from services.cases.domain.consent_lifecycle import EVIDENCED
from services.cases.domain.people import BirthDate
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text

UNIT_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{1,62}$"
# "All authorities involved" names nobody (R-C1, hazard H4).
WILDCARD_UNITS: Final = frozenset(
    {"all", "alle", "any", "jede", "alle-behoerden", "alle-beteiligten-behoerden", "behoerden"}
)
FOR_MINORS_ONLY: Final = frozenset(
    {
        RepresentationBasis.PARENT,
        RepresentationBasis.GUARDIAN,
        RepresentationBasis.OFFICIAL_GUARDIAN,
    }
)

CAPABLE_FROM_YEARS: Final = 15

Rule = tuple[str, str, Callable[[Consent, BirthDate], bool], Text]


class ConsentIncomplete(RuleViolated):
    code = "consent-incomplete"
    title = Text(
        de="Der Einwilligung fehlen vorgeschriebene Angaben.",
        en="The consent lacks mandatory particulars.",
    )


class EvidenceNotStored(RuleViolated):
    code = "evidence-not-stored"
    title = EVIDENCED.message


def faults(consent: Consent, birth: BirthDate) -> tuple[FieldFault, ...]:
    """Everything that keeps the record from becoming effective, field by field."""
    return tuple(
        FieldFault(pointer, code, message)
        for pointer, code, holds, message in RULES
        if not holds(consent, birth)
    )


def require_complete(consent: Consent, birth: BirthDate) -> None:
    """Raises ConsentIncomplete with every fault."""
    if found := faults(consent, birth):
        raise ConsentIncomplete(faults=found, guards=["consent-complete"])


def require_evidence(*, is_stored: bool) -> None:
    """Raises EvidenceNotStored; only the oral form proves itself by its witness (K2)."""
    if not is_stored:
        fault = FieldFault("/evidenceDocumentId", EvidenceNotStored.code, EVIDENCED.message)
        raise EvidenceNotStored(faults=(fault,), guards=[EVIDENCED.id])


def _names_one_unit(consent: Consent, _: BirthDate) -> bool:
    unit = consent.recipient_unit
    return re.fullmatch(UNIT_PATTERN, unit) is not None and unit not in WILDCARD_UNITS


def _has_form_for_health_data(consent: Consent, _: BirthDate) -> bool:
    is_written = consent.form is not Form.MUENDLICH
    return (
        is_written
        or DataCategory.HEALTH not in consent.data_categories
        or _is_filled(consent.form_reason)
    )


def _has_second_witness(consent: Consent, _: BirthDate) -> bool:
    if consent.form is not Form.MUENDLICH:
        return True
    return _is_filled(consent.witness) and consent.witness != consent.recorded_by


def _says_who_is_released(consent: Consent, _: BirthDate) -> bool:
    is_release = consent.consent_type is ConsentType.SCHWEIGEPFLICHTENTBINDUNG
    return not is_release or _is_filled(consent.released_person)


def _has_basis_exactly_when_represented(consent: Consent, _: BirthDate) -> bool:
    is_represented = consent.giver is Giver.REPRESENTATIVE
    return is_represented == (consent.representation_basis is not None)


def _lets_adults_decide(consent: Consent, birth: BirthDate) -> bool:
    is_for_a_minor = consent.representation_basis in FOR_MINORS_ONLY
    return not (is_for_a_minor and birth.is_certainly_adult(consent.given_on))


def _is_capable_or_represented(consent: Consent, birth: BirthDate) -> bool:
    """Capacity of insight is looked at person by person; nobody has it before the age from which
    § 36 (1) SGB I lets a person act alone.
    """
    age = birth.age_years(consent.given_on)
    return consent.giver is Giver.REPRESENTATIVE or age is None or age[1] >= CAPABLE_FROM_YEARS


def _ends_in_time(consent: Consent, _: BirthDate) -> bool:
    return consent.valid_from <= consent.valid_to <= latest_valid_to(consent.valid_from)


def _is_filled(text: str | None) -> bool:
    return bool((text or "").strip())


RULES: Final[tuple[Rule, ...]] = (
    ("/recipientUnit", "recipient-not-concrete", _names_one_unit,
     Text(de="Genau eine empfangende Stelle ist zu nennen.",
          en="Exactly one receiving unit must be named.")),
    ("/dataCategories", "data-categories-missing", lambda c, _: bool(c.data_categories),
     Text(de="Es ist keine Datenart genannt.", en="No data category is named.")),
    ("/informationTextVersion", "information-text-missing",
     lambda c, _: _is_filled(c.information_text_version),
     Text(de="Die Fassung des Informationstextes fehlt.",
          en="The version of the information text is missing.")),
    ("/isRefusalExplained", "refusal-not-explained", lambda c, _: c.is_refusal_explained,
     Text(de="Die Folgen einer Verweigerung sind nicht erklärt (§ 67b (2) SGB X).",
          en="The consequences of a refusal are not explained (§ 67b (2) SGB X).")),
    ("/isRevocabilityExplained", "revocability-not-explained",
     lambda c, _: c.is_revocability_explained,
     Text(de="Die Widerruflichkeit ist nicht erklärt (Art. 7 (3) DSGVO).",
          en="The right to revoke is not explained (Art. 7 (3) GDPR).")),
    ("/releasedPerson", "released-person-missing", _says_who_is_released,
     Text(de="Es ist nicht genannt, wer von der Schweigepflicht entbunden wird.",
          en="It is not said who is released from secrecy.")),
    ("/form", "health-data-needs-form", _has_form_for_health_data,
     Text(de="Gesundheitsdaten brauchen Schriftform oder elektronische Form "
             "(§ 67b (2) s. 2 SGB X).",
          en="Health data need the written or electronic form (§ 67b (2) s. 2 SGB X).")),
    ("/formReason", "oral-form-reason-missing",
     lambda c, _: c.form is not Form.MUENDLICH or _is_filled(c.form_reason),
     Text(de="Die mündliche Form braucht eine Begründung.", en="The oral form needs a reason.")),
    ("/witness", "sole-witness", _has_second_witness,
     Text(de="Wer die mündliche Erklärung aufnimmt, kann nicht allein Zeuge sein.",
          en="Whoever records an oral declaration cannot be its only witness.")),
    ("/evidenceDocumentId", "evidence-missing",
     lambda c, _: c.form is Form.MUENDLICH or c.evidence_document_id is not None,
     Text(de="Es ist kein Nachweis genannt (Art. 7 (1) DSGVO).",
          en="No evidence is named (Art. 7 (1) GDPR).")),
    ("/representationBasis", "representation-unclear", _has_basis_exactly_when_represented,
     Text(de="Bei Vertretung ist ihre Grundlage zu nennen, sonst keine.",
          en="Representation needs its basis; without it there is none.")),
    ("/giver", "adult-decides-for-themselves", _lets_adults_decide,
     Text(de="Volljährige willigen für ihre eigenen Daten selbst ein.",
          en="Adults consent to the use of their own data themselves.")),
    ("/giver", "child-needs-representation", _is_capable_or_represented,
     Text(de="Für Kinder unter 15 Jahren willigt die gesetzliche Vertretung ein (§ 36 SGB I).",
          en="The legal representative consents for children under 15 (§ 36 SGB I).")),
    ("/validFrom", "not-retroactive", lambda c, _: c.given_on <= c.valid_from,
     Text(de="Eine Einwilligung wirkt nicht zurück.",
          en="A consent has no effect on the past.")),
    ("/validTo", "valid-too-long", _ends_in_time,
     Text(de="Die Gültigkeit endet nach ihrem Beginn und spätestens nach 12 Monaten.",
          en="Validity ends after its beginning and within 12 months.")),
)  # fmt: skip
