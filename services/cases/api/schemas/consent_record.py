"""A consent as a record of ISO/IEC TS 27560, as published."""

from datetime import date
from uuid import UUID

from services.cases.domain.consent import ConsentPurpose, DataCategory
from shared.web.fields import ResponseModel


class ConsentCategory(ResponseModel):
    category: DataCategory
    dpv: str


class ConsentProcessing(ResponseModel):
    """`privacyNotice` is the version of the text that the person was given."""

    privacy_notice: str
    language: str
    purpose: ConsentPurpose
    purpose_description: str | None
    lawful_basis: str
    consent_type: str
    pii_categories: list[ConsentCategory]
    jurisdiction: str
    valid_from: date
    valid_to: date
    withdrawal_method: str
    is_revocability_explained: bool
    is_refusal_explained: bool
    evidence_document_id: UUID | None


class ConsentParty(ResponseModel):
    party: str
    role: str


class ConsentEvent(ResponseModel):
    """`at` is a day or an instant; null where only the state is known."""

    state: str
    at: str | None
    by: str | None


class ConsentRecord(ResponseModel):
    schema_version: str
    record_id: UUID
    pii_principal_id: UUID
    processing: ConsentProcessing
    parties: list[ConsentParty]
    events: list[ConsentEvent]
