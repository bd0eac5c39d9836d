"""The sender's answer to a refusal: a corrected copy that follows the refused one."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.referrals.domain.areas import Place
from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    Mode,
    Purpose,
    Topic,
    Urgency,
)
from services.referrals.domain.deadlines import Deadlines
from services.referrals.domain.legal_ground import DisclosureDecision, LegalGround
from services.referrals.domain.overlays import OverlayAction
from services.referrals.domain.sharing import Content
from services.referrals.operations.drafts import Draft, create_referral
from services.referrals.operations.steps import Row, begin_overlay
from services.referrals.storage.disclosures import find_content
from services.referrals.storage.ground_forms import read_disclosure, read_ground, read_steps
from services.referrals.storage.lookups import find_sender_record
from shared.database.transaction import Transaction
from shared.kernel.errors import Conflict
from shared.kernel.text import Text
from shared.service.writes import Answer


class TooLateToAnswer(Conflict):
    code = "too-late-to-answer"
    title = Text(
        de="Der Inhalt der abgelehnten Zusteuerung ist schon gelöscht: bitte neu anlegen.",
        en="The content of the refused referral is deleted already: write it down anew.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRejection:
    """What is different now; what is None is taken from the refused referral."""

    referral_id: UUID
    expected_version: int | None
    is_to_be_sent: bool
    recipient_unit: str | None = None
    service_code: str | None = None
    content: Content | None = None
    disputed_fields: frozenset[str] | None = None
    secret_categories: frozenset[DataCategory] | None = None
    ground: LegalGround | None = None
    disclosure: DisclosureDecision | None = None


async def answer_rejection(
    tx: Transaction, command: AnswerRejection, deadlines: Deadlines
) -> Answer:
    """A new referral with `follows_id`; the refused one stays as it is.

    Raises NotFound, NotYourSide, TransitionNotAllowed, TooLateToAnswer, VersionMissing, Stale,
    and what creating a referral raises.
    """
    held = await begin_overlay(
        tx, command.referral_id, OverlayAction.ANSWER_REJECTION, command.expected_version
    )
    record, content = await find_sender_record(tx, held.id), await find_content(tx, held.id)
    if record is None or content is None:
        raise TooLateToAnswer
    copy = _corrected(_copy(held.row, record, content), command)
    return await create_referral(tx, copy, is_to_be_sent=command.is_to_be_sent, deadlines=deadlines)


def _copy(row: Row, record: Row, content: Row) -> Draft:
    """The refused referral as a draft; where the person lives is known by municipality only."""
    return Draft(
        mode=Mode(row["mode"]),
        service_code=row["service_code"],
        topic=Topic(row["topic"]),
        purpose=Purpose(row["purpose"]),
        urgency=Urgency(row["urgency"]),
        language=row["language"],
        interpreter_needed=row["interpreter_needed"],
        age_band=AgeBand(row["age_band"]),
        birth_date=None,
        subject_reference=record["subject_reference"],
        recipient_unit=row["recipient_unit"],
        place=Place(ags=row["municipality_ags"]),
        content=content["content"],
        disputed_fields=frozenset(content["disputed_fields"]),
        secret_categories=frozenset(map(DataCategory, content["secret_categories"])),
        ground=read_ground(record["legal_ground"]),
        disclosure=read_disclosure(record["disclosure_decision"]),
        protection_steps=read_steps(record["protection_steps"]),
        case_id=record["case_id"],
        transfers_ownership=row["transfers_ownership"],
        follows_id=row["id"],
    )


def _corrected(draft: Draft, command: AnswerRejection) -> Draft:
    given = {
        name: getattr(command, name)
        for name in (
            "recipient_unit",
            "service_code",
            "content",
            "disputed_fields",
            "secret_categories",
            "ground",
            "disclosure",
        )
    }
    return replace(draft, **{name: value for name, value in given.items() if value is not None})
