"""Records on the way through a case: consents and the short entries."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import (
    AssessmentRow,
    ConsentRow,
    ContactAttemptRow,
    DoubleCareCheckRow,
    IndicationRow,
    InformationNoticeRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

CONSENT = tuple(
    col(getattr(ConsentRow, name))
    for name in (
        "id", "version", "case_id", "state", "consent_type", "subject_person_id", "giver",
        "representation_basis", "purpose", "purpose_text", "data_categories", "discloser_unit",
        "released_person", "recipient_unit", "direction", "form", "form_reason", "language",
        "interpreter", "witness", "information_text_version", "is_refusal_explained",
        "is_revocability_explained", "given_on", "valid_from", "valid_to",
        "evidence_document_id", "revoked_at", "revoked_via", "supersedes_id", "recorded_by",
        "recorded_at",
    )
)  # fmt: skip
CONSENT_VIEW = View(
    select(*CONSENT).where(col(ConsentRow.id) == bindparam("consent_id")), log=ReadLog("consent")
)
CONSENTS_OF_CASE = ListView(
    select(*CONSENT).where(col(ConsentRow.case_id) == bindparam("case_id")),
    filters={"state": Filter(col(ConsentRow.state), str, ("eq", "in"))},
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("consent"),
)
CONSENT_FOR_UPDATE = Statement(
    select(*CONSENT).where(col(ConsentRow.id) == bindparam("consent_id")).with_for_update()
)
CASE_OF_CONSENT = Statement(
    select(col(ConsentRow.case_id)).where(col(ConsentRow.id) == bindparam("consent_id"))
)
# Consents of one scope; `is not distinct from` because nobody may be released in both.
ACTIVE_OF_SAME_SCOPE = Statement(
    "select id, version from consent where state = 'ACTIVE' and id <> :consent_id"
    " and subject_person_id = :subject_person_id and consent_type = :consent_type"
    " and purpose = :purpose and discloser_unit = :discloser_unit"
    " and recipient_unit = :recipient_unit and direction = :direction"
    " and released_person is not distinct from cast(:released_person as text)"
    " order by id for update"
)
LOCK_SCOPE = Statement(
    "select pg_advisory_xact_lock(hashtextextended(concat_ws('|', 'consent', tenant_id,"
    " subject_person_id, consent_type, purpose, discloser_unit, recipient_unit, direction,"
    " released_person), 0)) from consent where id = :consent_id"
)


def _entry(row: Any, kind: str, *names: str) -> View:
    columns = [col(getattr(row, name)) for name in ("id", "case_id", *names, "recorded_at")]
    return View(select(*columns).where(col(row.id) == bindparam("entry_id")), log=ReadLog(kind))


NOTICE_VIEW = _entry(
    InformationNoticeRow, "information-notice",
    "person_id", "text_version", "language", "interpreter", "given_on",
)  # fmt: skip
DOUBLE_CARE_VIEW = _entry(DoubleCareCheckRow, "double-care-check", "is_exact", "contact_units")
ASSESSMENT_VIEW = _entry(
    AssessmentRow, "assessment-entry",
    "field_of_action", "need", "situation", "resources", "legal_circle", "score",
    "has_client_taken_part", "assessed_on",
)  # fmt: skip
CONTACT_ATTEMPT_VIEW = _entry(
    ContactAttemptRow, "contact-attempt", "channel", "attempted_on", "was_reached"
)
INDICATION_OF_CASE = Statement(
    select(col(IndicationRow.id)).where(col(IndicationRow.case_id) == bindparam("case_id"))
)
