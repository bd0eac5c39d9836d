"""Draft a consent or a release from secrecy (K1)."""

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.consent import Consent, require_understandable
from services.cases.domain.consent_lifecycle import CONSENT_LIFECYCLE
from services.cases.domain.documents import DocumentKind
from services.cases.domain.people import clean_languages
from services.cases.domain.practice import Practice
from services.cases.operations.known_person import require_person
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.care import CONSENT_VIEW
from services.cases.storage.queries.documents import CASE_OF_DOCUMENT
from services.cases.storage.tables import ConsentRow, DocumentRow
from shared.database.transaction import Transaction
from shared.kernel.errors import Conflict
from shared.kernel.text import Text
from shared.service.writes import Answer

EVIDENCE_TITLE = "Nachweis der Einwilligung"


class EvidenceElsewhere(Conflict):
    code = "evidence-elsewhere"
    title = Text(
        de="Der Nachweis ist ein Dokument eines anderen Falls.",
        en="The evidence is a document of another case.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftConsent:
    case_id: UUID
    consent: Consent
    purpose_text: str | None = None
    supersedes_id: UUID | None = None


async def draft_consent(tx: Transaction, command: DraftConsent, practice: Practice) -> Answer:
    """What is missing may stay missing until it is given (K2).

    Raises NotFound, CaseIsNotOpen, PersonUnknown, PersonIsMerged, LanguageUnacceptable,
    NotUnderstandable, EvidenceElsewhere.
    """
    case = await lock_open_case(tx, command.case_id)
    consent = command.consent
    clean_languages((consent.language,))
    require_understandable(consent.language, practice.information_languages, consent.interpreter)
    await require_person(tx, consent.subject_person_id)
    await _link_evidence(tx, case, consent)
    columns = file_columns(tx, case)
    await tx.insert(
        ConsentRow,
        **(consent_columns(consent) | columns),
        state=CONSENT_LIFECYCLE.initial,
        purpose_text=command.purpose_text,
        supersedes_id=command.supersedes_id,
        version=1,
    )
    await advance_case(tx, case, "draft-consent", changes={"type": consent.consent_type})
    document = await CONSENT_VIEW.one_in(tx, consent_id=columns["id"])
    assert document is not None
    return Answer(document, f"/v1/consents/{columns['id']}")


async def _link_evidence(tx: Transaction, case: asyncpg.Record, consent: Consent) -> None:
    """The evidence is a document of this case (Art. 7 (1) DSGVO). One that is not there yet is
    announced under the id that the consent names, so that its bytes can follow.
    """
    document_id = consent.evidence_document_id
    if document_id is None:
        return
    of_case = await tx.value(CASE_OF_DOCUMENT, document_id=document_id)
    if of_case is None:
        columns = file_columns(tx, case) | {"id": document_id}
        kind = DocumentKind.CONSENT_FORM
        await tx.insert(DocumentRow, **columns, title=EVIDENCE_TITLE, kind=kind, version=1)
    elif of_case != case["id"]:
        raise EvidenceElsewhere


def consent_columns(consent: Consent) -> dict[str, Any]:
    columns = {one.name: getattr(consent, one.name) for one in fields(consent)}
    columns["data_categories"] = sorted(category.value for category in consent.data_categories)
    return columns
