"""What is recorded of a person's status over time, and decided on proposed referrals."""

import strawberry

from gateway.schema.codes.timeline import (
    CorrectionReason,
    DataSource,
    LegalCircleChangeReason,
    ParagraphNeed,
    ProposalDismissReason,
    SourceBasis,
    TimelineKind,
)
from gateway.schema.inputs.base import Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "Record what holds of a person; optional by intent.",
        "Festhalten, was von einer Person gilt; bewusst freiwillig.",
    )
)
class RecordStatusInput(Command):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    code: str = needed(
        "A code of the list residence-groups or legal-circles.",
        "Ein Schlüssel der Liste residence-groups oder legal-circles.",
    )
    from_on: Date = needed("First day.", "Erster Tag.")
    kind: TimelineKind = needed("Kind.", "Art.")
    source: DataSource | None = given("Who said it.", "Von wem die Angabe stammt.")
    source_basis: SourceBasis | None = given(
        "Legal basis of the collection; needed unless the person told it.",
        "Rechtsgrundlage der Erhebung; nötig, wenn die Person es nicht selbst angab.",
    )
    to_on: Date | None = given("Last day.", "Letzter Tag.")
    paragraph: str | None = given(
        "A code of the list residence-paragraphs; only where it is needed.",
        "Ein Schlüssel der Liste residence-paragraphs; nur, wo er gebraucht wird.",
    )
    paragraph_need: ParagraphNeed | None = given(
        "What the paragraph is needed for.", "Wozu der Paragraf gebraucht wird."
    )


@strawberry.input(
    description=both(
        "Put another entry in the place of a wrong one.",
        "Einen anderen Eintrag an die Stelle eines falschen setzen.",
    )
)
class CorrectTimelineEntryInput(Command):
    entry_id: strawberry.ID = needed("UUID of the entry.", "UUID des Eintrags.")
    code: str = needed(
        "A code of the list residence-groups or legal-circles.",
        "Ein Schlüssel der Liste residence-groups oder legal-circles.",
    )
    from_on: Date = needed("First day.", "Erster Tag.")
    reason: CorrectionReason = needed("Why.", "Warum.")
    source: DataSource | None = given("Who said it.", "Von wem die Angabe stammt.")
    source_basis: SourceBasis | None = given(
        "Legal basis of the collection; needed unless the person told it.",
        "Rechtsgrundlage der Erhebung; nötig, wenn die Person es nicht selbst angab.",
    )
    to_on: Date | None = given("Last day.", "Letzter Tag.")
    paragraph: str | None = given(
        "A code of the list residence-paragraphs; only where it is needed.",
        "Ein Schlüssel der Liste residence-paragraphs; nur, wo er gebraucht wird.",
    )
    paragraph_need: ParagraphNeed | None = given(
        "What the paragraph is needed for.", "Wozu der Paragraf gebraucht wird."
    )


@strawberry.input(
    description=both("Record a change of the body of law.", "Einen Rechtskreiswechsel erfassen.")
)
class RecordLegalCircleChangeInput(Command):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    from_circle: str = needed(
        "Body of law before: a code of the list legal-circles.",
        "Rechtskreis davor: ein Schlüssel der Liste legal-circles.",
    )
    to_circle: str = needed(
        "Body of law after: a code of the list legal-circles.",
        "Rechtskreis danach: ein Schlüssel der Liste legal-circles.",
    )
    effective_on: Date = needed(
        "First day in the new body of law.", "Erster Tag im neuen Rechtskreis."
    )
    reason: LegalCircleChangeReason = needed("Why.", "Warum.")
    source: DataSource | None = given("Who said it.", "Von wem die Angabe stammt.")
    source_basis: SourceBasis | None = given(
        "Legal basis of the collection; needed unless the person told it.",
        "Rechtsgrundlage der Erhebung; nötig, wenn die Person es nicht selbst angab.",
    )


@strawberry.input(
    description=both("Take up a proposed referral.", "Eine vorgeschlagene Überleitung aufgreifen.")
)
class TakeReferralProposalInput(Command):
    proposal_id: strawberry.ID = needed("UUID of the proposal.", "UUID des Vorschlags.")
    referral_id: strawberry.ID | None = given(
        "UUID of the referral, if it has been made.",
        "UUID der Überleitung, wenn es sie schon gibt.",
    )


@strawberry.input(
    description=both("Dismiss a proposed referral.", "Eine vorgeschlagene Überleitung verwerfen.")
)
class DismissReferralProposalInput(Command):
    proposal_id: strawberry.ID = needed("UUID of the proposal.", "UUID des Vorschlags.")
    reason: ProposalDismissReason = needed("Why.", "Warum.")
