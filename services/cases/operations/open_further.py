"""Open a case and take it as far as its guards let it, in one step: whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.cases.domain.consent import Consent
from services.cases.domain.consent_lifecycle import ConsentAction
from services.cases.domain.errors import CaseHasNoPerson, NobodyNamed
from services.cases.domain.indication import IndicationChecklist
from services.cases.domain.lifecycle import CaseAction
from services.cases.domain.practice import Practice
from services.cases.operations.act_on_case import ActOnCase, act_on_case
from services.cases.operations.act_on_consent import ActOnConsent, act_on_consent
from services.cases.operations.case_document import case_answer
from services.cases.operations.check_double_care import check_double_care
from services.cases.operations.describe_case import Change, document_indication
from services.cases.operations.draft_consent import DraftConsent, draft_consent
from services.cases.operations.give_notice import Notice, give_notice
from services.cases.operations.on_case import lock_case
from services.cases.operations.open_case import OpenCase, insert_case
from services.cases.operations.take_evidence import Evidence, keep_evidence
from shared.database.transaction import Transaction
from shared.service.writes import Answer


class OpenUntil(StrEnum):
    """How far the opening goes."""

    REQUESTED = "REQUESTED"
    INTAKE = "INTAKE"
    ASSESSMENT = "ASSESSMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNotice:
    text_version: str
    language: str
    given_on: date
    interpreter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenConsent:
    """`of` makes the consent of a person whose id is known only once the case is recorded.

    `evidence` is a file that came with the opening; without it, only an oral consent can be given.
    """

    of: Callable[[UUID], Consent]
    purpose_text: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is recorded together with the case; each part stands under its own rules."""

    until: OpenUntil = OpenUntil.REQUESTED
    indication: IndicationChecklist | None = None
    notice: GivenNotice | None = None
    consent: GivenConsent | None = None


async def open_further(
    tx: Transaction, command: OpenCase, intake: Intake, practice: Practice
) -> Answer:
    """The case in the state that was asked for, held by the caller if it goes beyond REQUESTED.

    The double-care check is made on the way to ASSESSMENT. Raises what opening, notice, consent
    and the steps raise, GuardFailed (422) above all; then nothing was recorded.
    """
    if not (command.pseudonym or command.person_id or command.members):
        raise NobodyNamed
    case_id = await insert_case(tx, command)
    await _record_intake(tx, case_id, intake, practice)
    if intake.until is not OpenUntil.REQUESTED:
        await _step(tx, case_id, CaseAction.ASSIGN, practice)
    if intake.until is OpenUntil.ASSESSMENT:
        if (await lock_case(tx, case_id))["person_id"] is not None:
            await check_double_care(tx, case_id)
        await _step(tx, case_id, CaseAction.OPEN, practice)
    return await case_answer(tx, case_id, practice, location=f"/v1/cases/{case_id}")


async def _record_intake(
    tx: Transaction, case_id: UUID, intake: Intake, practice: Practice
) -> None:
    case = await lock_case(tx, case_id)
    if intake.indication is not None:
        change = Change(case_id=case_id, expected_version=case["version"], practice=practice)
        await document_indication(tx, change, intake.indication)
    if intake.notice is not None:
        given = intake.notice
        notice = Notice(
            case_id=case_id,
            text_version=given.text_version,
            language=given.language,
            given_on=given.given_on,
            interpreter=given.interpreter,
            person_id=case["person_id"],
        )
        await give_notice(tx, notice, practice)
    if intake.consent is not None:
        if case["person_id"] is None:
            raise CaseHasNoPerson
        await _give_consent(tx, case_id, case["person_id"], intake.consent, practice)


async def _give_consent(
    tx: Transaction, case_id: UUID, person_id: UUID, given: GivenConsent, practice: Practice
) -> None:
    consent, evidence = given.of(person_id), given.evidence
    if evidence is not None:
        await keep_evidence(tx, case_id, evidence)
        consent = replace(consent, evidence_document_id=evidence.sent.document_id)
    draft = DraftConsent(case_id=case_id, consent=consent, purpose_text=given.purpose_text)
    drafted = await draft_consent(tx, draft, practice)
    assert drafted.location is not None
    consent_id = UUID(drafted.location.rsplit("/", 1)[-1])
    await act_on_consent(
        tx,
        ActOnConsent(
            consent_id=consent_id,
            action=ConsentAction.GIVE,
            expected_version=drafted.document.version,
        ),
    )


async def _step(tx: Transaction, case_id: UUID, action: CaseAction, practice: Practice) -> None:
    version = (await lock_case(tx, case_id))["version"]
    await act_on_case(
        tx, ActOnCase(case_id=case_id, action=action, expected_version=version), practice
    )
