"""A person's status over time, and the referral that a change of the body of law proposes."""

import strawberry

from gateway.schema.codes.timeline import (
    CorrectionReason,
    DataSource,
    LegalCircleChangeReason,
    ParagraphNeed,
    ProposalDismissReason,
    ProposalState,
    SourceBasis,
    TimelineKind,
)
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "What held of a person for a time.", "Was für eine Zeit von einer Person galt."
    )
)
class TimelineEntry(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    person_id: strawberry.ID = field("UUID of the person.", "UUID der Person.")
    kind: TimelineKind = field("Kind.", "Art.")
    code: str = field(
        "A code of the list residence-groups or legal-circles.",
        "Ein Schlüssel der Liste residence-groups oder legal-circles.",
    )
    paragraph: str | None = field(
        "A code of the list residence-paragraphs; only where it is needed.",
        "Ein Schlüssel der Liste residence-paragraphs; nur, wo er gebraucht wird.",
    )
    paragraph_need: ParagraphNeed | None = field(
        "What the paragraph is needed for.", "Wozu der Paragraf gebraucht wird."
    )
    list_version: str = field("Version of the code list.", "Fassung der Codeliste.")
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date | None = field("Last day.", "Letzter Tag.")
    source: DataSource = field("Who said it.", "Von wem die Angabe stammt.")
    source_basis: SourceBasis | None = field(
        "Legal basis of the collection; needed unless the person told it.",
        "Rechtsgrundlage der Erhebung; nötig, wenn die Person es nicht selbst angab.",
    )
    replaces_id: strawberry.ID | None = field(
        "UUID of the entry that this one corrects.", "UUID des Eintrags, den dieser berichtigt."
    )
    correction_reason: CorrectionReason | None = field(
        "Why it was corrected.", "Warum berichtigt wurde."
    )
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    is_replaced: bool = field(
        "A correction stands in its place.", "Eine Berichtigung steht an seiner Stelle."
    )


@strawberry.type(description=both("A change of the body of law.", "Ein Rechtskreiswechsel."))
class LegalCircleChange(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    person_id: strawberry.ID = field("UUID of the person.", "UUID der Person.")
    from_circle: str = field(
        "Body of law before: a code of the list legal-circles.",
        "Rechtskreis davor: ein Schlüssel der Liste legal-circles.",
    )
    to_circle: str = field(
        "Body of law after: a code of the list legal-circles.",
        "Rechtskreis danach: ein Schlüssel der Liste legal-circles.",
    )
    effective_on: Date = field(
        "First day in the new body of law.", "Erster Tag im neuen Rechtskreis."
    )
    reason: LegalCircleChangeReason = field("Why.", "Warum.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")


@strawberry.type(
    description=both(
        "A referral that a change of the body of law proposes.",
        "Eine Überleitung, die ein Rechtskreiswechsel vorschlägt.",
    )
)
class ReferralProposal(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    change_id: strawberry.ID = field(
        "UUID of the change that proposes it.", "UUID des Wechsels, der es vorschlägt."
    )
    rule: str = field("Row of the table of rules.", "Zeile der Regeltabelle.")
    service_code: str = field("Service to refer to.", "Leistung, in die überzuleiten ist.")
    reason: BothLanguages = field("Why it is proposed.", "Warum sie vorgeschlagen wird.")
    legal_circles: list[str] = field(
        "The former and the new body of law.", "Der frühere und der neue Rechtskreis."
    )
    effective_on: Date = field(
        "First day in the new body of law.", "Erster Tag im neuen Rechtskreis."
    )
    state: ProposalState = field("State.", "Stand.")
    referral_id: strawberry.ID | None = field(
        "UUID of the referral that was made of it.", "UUID der Überleitung, die daraus wurde."
    )
    dismiss_reason: ProposalDismissReason | None = field(
        "Why it was dismissed.", "Warum er verworfen wurde."
    )
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    referral = related(
        "referrals /v1/referrals",
        "gateway.schema.referral:Referral",
        "referralId",
        en="The referral that was made of it.",
        de="Die Überleitung, die daraus wurde.",
    )
