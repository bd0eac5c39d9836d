"""Why somebody sees a referral, and what of it is hidden from them.

The policies of the tables and the manifest of the disclosure decide; here stand the sentences,
with the facts of the document that say which of them holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.referrals.domain.access import Role
from services.referrals.domain.agencies import FOREIGNERS_AUTHORITIES
from services.referrals.domain.codes import ACCEPTED_OR_LATER, ReferralState, Side
from shared.kernel.access_rules import AccessRule, Effect, rules_that_apply
from shared.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSight:
    side: Side | None
    """None for a unit that has passed the referral on."""
    is_authority: bool
    is_accepted: bool
    is_sealed: bool
    is_content_there: bool
    """The caller is shown what is kept of the content, be it only a part or a ciphertext."""
    is_own_record_there: bool
    """Who works on it is there: the caller has a record of its own as recipient."""
    covers_feedback: bool


SENDER, RECIPIENT = Side.SENDER, Side.RECIPIENT
CONTENT: Final = ("content", "disputedFields", "disputes", "secretCategories")
DISCLOSURE: Final = Text(de="§ 67d Abs. 1 SGB X", en="§ 67d (1) SGB X")
PREVIEW: Final = Text(
    de="Art. 5 Abs. 1 Buchst. c DSGVO, § 67d Abs. 1 SGB X",
    en="Art. 5 (1) (c) GDPR, § 67d (1) SGB X",
)
OTHER_CONTROLLER: Final = Text(de="§ 67 Abs. 4 SGB X", en="§ 67 (4) SGB X")

SHOWING: Final[tuple[AccessRule[ReferralSight], ...]] = (
    AccessRule(
        code="sent-by-own-unit",
        effect=Effect.SHOWS,
        basis=DISCLOSURE,
        text=Text(
            de="Ihre Stelle übermittelt und verantwortet die Zusteuerung.",
            en="Your unit transmits the referral and answers for it.",
        ),
        applies=lambda sight: sight.side is SENDER,
    ),
    AccessRule(
        code="sent-to-own-unit",
        effect=Effect.SHOWS,
        basis=PREVIEW,
        text=Text(
            de="Die Zusteuerung ist an Ihre Stelle gerichtet. Die Vorschau nennt niemanden.",
            en="The referral is addressed to your unit. The preview names nobody.",
        ),
        applies=lambda sight: sight.side is RECIPIENT,
    ),
    AccessRule(
        code="passed-on-by-own-unit",
        effect=Effect.SHOWS,
        basis=PREVIEW,
        text=Text(
            de="Ihre Stelle hat die Zusteuerung weitergeleitet und sieht, wie es weitergeht.",
            en="Your unit has passed the referral on and sees how it goes on.",
        ),
        applies=lambda sight: sight.side is None,
    ),
    AccessRule(
        code="content-accepted",
        effect=Effect.SHOWS,
        basis=Text(de="§ 67d Abs. 1, § 78 Abs. 1 SGB X", en="§ 67d (1), § 78 (1) SGB X"),
        text=Text(
            de="Ihre Stelle hat angenommen. Sie nutzt den Inhalt nur für diesen Zweck.",
            en="Your unit has accepted. It uses the content for this purpose only.",
        ),
        members=CONTENT,
        applies=lambda sight: (
            sight.side is RECIPIENT and sight.is_content_there and sight.is_accepted
        ),
    ),
    AccessRule(
        code="content-names-nobody",
        effect=Effect.SHOWS,
        basis=Text(
            de="§ 64 Abs. 2a SGB VIII, § 4 Abs. 2 KKG", en="§ 64 (2a) SGB VIII, § 4 (2) KKG"
        ),
        text=Text(
            de="Eine anonyme Beratung nennt niemanden; ihr Inhalt ist deshalb schon nach dem Abruf"
            " lesbar.",
            en="An anonymous consultation names nobody, so its content is read once collected.",
        ),
        members=CONTENT,
        applies=lambda sight: (
            sight.side is RECIPIENT and sight.is_content_there and not sight.is_accepted
        ),
    ),
)
NARROWING: Final[tuple[AccessRule[ReferralSight], ...]] = (
    AccessRule(
        code="fields-of-the-manifest",
        effect=Effect.NARROWS,
        basis=Text(de="§ 67d Abs. 1 und 2 SGB X", en="§ 67d (1) and (2) SGB X"),
        text=Text(
            de="Vom Inhalt sind nur die Felder da, die die Weitergabe an Ihre Stelle nennt.",
            en="Of the content, only the fields named in the disclosure to your unit are there.",
        ),
        members=("content", "disputedFields", "disputes"),
        applies=lambda sight: (
            sight.side is RECIPIENT and sight.is_content_there and not sight.is_authority
        ),
    ),
    AccessRule(
        code="fields-of-the-decision",
        effect=Effect.NARROWS,
        basis=Text(de="§ 88 AufenthG, § 71 Abs. 2 SGB X", en="§ 88 AufenthG, § 71 (2) SGB X"),
        text=Text(
            de="Ausländer- und Einbürgerungsbehörden sehen nur die Felder, über deren Weitergabe"
            " ein Mensch entschieden hat.",
            en="Foreigners and naturalisation authorities see only the fields whose disclosure a"
            " person has decided on.",
        ),
        members=("content", "disputedFields", "disputes"),
        applies=lambda sight: (
            sight.side is RECIPIENT and sight.is_content_there and sight.is_authority
        ),
    ),
    AccessRule(
        code="case-of-own-unit",
        effect=Effect.NARROWS,
        basis=OTHER_CONTROLLER,
        text=Text(
            de="Jede Stelle sieht nur ihren eigenen Fall zur Zusteuerung.",
            en="Each unit sees only its own case of the referral.",
        ),
        members=("caseId",),
        applies=lambda _: True,
    ),
)
HIDING: Final[tuple[AccessRule[ReferralSight], ...]] = (
    AccessRule(
        code="content-before-acceptance",
        effect=Effect.HIDES,
        basis=PREVIEW,
        text=Text(
            de="Den Inhalt liest die Empfängerstelle erst, wenn sie angenommen hat.",
            en="The recipient reads the content only once it has accepted.",
        ),
        members=CONTENT,
        applies=lambda sight: (
            sight.side is RECIPIENT and not sight.is_content_there and not sight.is_accepted
        ),
    ),
    AccessRule(
        code="content-not-disclosed",
        effect=Effect.HIDES,
        basis=DISCLOSURE,
        text=Text(
            de="Diese Fassung des Inhalts wurde Ihrer Stelle nicht weitergegeben, oder sie ist"
            " gelöscht.",
            en="This version of the content was not disclosed to your unit, or it is deleted.",
        ),
        members=CONTENT,
        applies=lambda sight: (
            sight.side is RECIPIENT and not sight.is_content_there and sight.is_accepted
        ),
    ),
    AccessRule(
        code="content-passed-on",
        effect=Effect.HIDES,
        basis=DISCLOSURE,
        text=Text(
            de="Wer weitergeleitet hat, braucht den Inhalt nicht mehr.",
            en="Who has passed a referral on needs its content no more.",
        ),
        members=CONTENT,
        applies=lambda sight: sight.side is None,
    ),
    AccessRule(
        code="content-deleted",
        effect=Effect.HIDES,
        basis=Text(de="§ 84 Abs. 2 SGB X, Art. 17 DSGVO", en="§ 84 (2) SGB X, Art. 17 GDPR"),
        text=Text(
            de="Der Inhalt wird nicht mehr gebraucht und ist gelöscht.",
            en="The content is needed no more and is deleted.",
        ),
        members=CONTENT,
        applies=lambda sight: sight.side is SENDER and not sight.is_content_there,
    ),
    AccessRule(
        code="content-sealed",
        effect=Effect.HIDES,
        basis=Text(
            de="Art. 32 Abs. 1 Buchst. a DSGVO; Entscheidung 0014",
            en="Art. 32 (1) (a) GDPR; decision 0014",
        ),
        text=Text(
            de="Der Inhalt ist für die Empfängerstelle verschlüsselt; hier kann ihn niemand lesen.",
            en="The content is encrypted for the recipient; nobody can read it here.",
        ),
        members=("content",),
        applies=lambda sight: sight.is_sealed,
    ),
    AccessRule(
        code="grounds-of-the-sender",
        effect=Effect.HIDES,
        basis=DISCLOSURE,
        text=Text(
            de="Rechtsgrund, Entscheidung und Schutzschritte verantwortet die absendende Stelle;"
            " nur sie liest sie.",
            en="Legal ground, decision and protective steps are the sender's responsibility; it"
            " alone reads them.",
        ),
        members=("sending",),
        applies=lambda sight: sight.side is not SENDER,
    ),
    AccessRule(
        code="work-of-the-recipient",
        effect=Effect.HIDES,
        basis=OTHER_CONTROLLER,
        text=Text(
            de="Wer in der Empfängerstelle daran arbeitet, weiß nur sie selbst.",
            en="Who works on it at the recipient is known to the recipient alone.",
        ),
        members=("assignedAt", "assignee", "escalatedTo"),
        applies=lambda sight: sight.side is not RECIPIENT and not sight.is_own_record_there,
    ),
    AccessRule(
        code="outcome-not-covered",
        effect=Effect.HIDES,
        basis=Text(de="§ 67b Abs. 1 SGB X", en="§ 67b (1) SGB X"),
        text=Text(
            de="Das Ergebnis wird zurückgemeldet, wenn der Rechtsgrund der Zusteuerung das umfasst;"
            " dieser tut es nicht.",
            en="The outcome is reported back where the ground of the referral covers that; this one"
            " does not.",
        ),
        members=("outcome",),
        applies=lambda sight: (
            sight.side is not RECIPIENT
            and not sight.is_own_record_there
            and not sight.covers_feedback
        ),
    ),
)
REFERRAL_RULES: Final = SHOWING + NARROWING + HIDING


def rules_of_referral(
    roles: frozenset[str], unit_type: str, referral: Mapping[str, Any]
) -> tuple[AccessRule[ReferralSight], ...]:
    """`referral` is the published document that the caller sees."""
    side = referral["side"]
    sight = ReferralSight(
        side=None if side is None else Side(side),
        is_authority=unit_type in FOREIGNERS_AUTHORITIES or Role.B3_OFFICER in roles,
        is_accepted=ReferralState(referral["state"]) in ACCEPTED_OR_LATER,
        is_sealed=referral["isSealed"],
        # Set with every content, an empty list at least: null says that no content is shown.
        is_content_there=referral["secretCategories"] is not None,
        is_own_record_there=any(
            referral[name] is not None for name in ("assignee", "assignedAt", "escalatedTo")
        ),
        covers_feedback=referral["coversFeedback"],
    )
    return rules_that_apply(REFERRAL_RULES, sight)
