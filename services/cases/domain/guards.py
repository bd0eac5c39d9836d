"""The preconditions of a case's moves, each with the sentence that people read."""

from collections.abc import Callable
from typing import Final

from services.cases.domain.codes import B3_UNIT_TYPES, ClosingReason, DeclineReason
from services.cases.domain.facts import CaseFacts
from shared.kernel.lifecycle import Guard
from shared.kernel.text import Text

EARLY_END_REASONS: Final = frozenset(
    {
        ClosingReason.MOVED_AWAY,
        ClosingReason.CONTACT_LOST,
        ClosingReason.CLIENT_ENDED,
        ClosingReason.DEPARTED,
    }
)
# Two reasons belong to moves of their own: one-off advice (C6) and death (C16).
OWN_MOVE_REASONS: Final = frozenset({ClosingReason.REFERRED_ONLY, ClosingReason.DECEASED})


def _guard(
    guard_id: str, holds: Callable[[CaseFacts], bool], de: str, en: str, source: str
) -> Guard[CaseFacts]:
    return Guard(guard_id, holds, Text(de=de, en=en), source)


NOT_RESTRICTED: Final = _guard(
    "processing-not-restricted", lambda f: not f.is_processing_restricted,
    "Die Verarbeitung ist eingeschränkt.", "Processing is restricted.",
    "Art. 18 DSGVO",
)  # fmt: skip
RESTRICTED: Final = _guard(
    "processing-restricted", lambda f: f.is_processing_restricted,
    "Die Verarbeitung ist nicht eingeschränkt.", "Processing is not restricted.",
    "Art. 18 DSGVO",
)  # fmt: skip
NO_LEGAL_HOLD: Final = _guard(
    "no-legal-hold", lambda f: not f.is_under_legal_hold,
    "Eine Aufbewahrungssperre besteht.", "A legal hold is in place.",
    "Art. 17 (3) e DSGVO",
)  # fmt: skip
LEGAL_HOLD: Final = _guard(
    "legal-hold", lambda f: f.is_under_legal_hold,
    "Es besteht keine Aufbewahrungssperre.", "There is no legal hold.",
    "Art. 17 (3) e DSGVO",
)  # fmt: skip

UNIT_MAY_HOLD_CASES: Final = _guard(
    "unit-may-hold-cases", lambda f: f.unit_type not in B3_UNIT_TYPES,
    "Ausländer- und Einbürgerungsbehörden führen keine Fälle.",
    "Foreigners' and naturalisation authorities hold no cases.",
    "R-A2",
)  # fmt: skip
AREA_RESOLVED: Final = _guard(
    "area-resolved", lambda f: f.is_area_resolved,
    "Die örtliche Zuständigkeit ist noch nicht geklärt.", "The responsible area is not settled.",
    "R-S3-6",
)  # fmt: skip
CASE_MANAGER_ACTIVE: Final = _guard(
    "case-manager-active", lambda f: f.is_case_manager_active,
    "Die Fachkraft ist nicht aktiv.", "The case manager is not active.",
    "C2",
)  # fmt: skip
BOUND_TO_SECRECY: Final = _guard(
    "case-manager-bound-to-secrecy", lambda f: f.is_case_manager_bound_to_secrecy,
    "Die Fachkraft ist noch nicht auf die Schweigepflicht verpflichtet.",
    "The case manager has not been bound to secrecy.",
    "§ 203 (4) StGB, R-203-1",
)  # fmt: skip
NO_STAFF_CONFLICT: Final = _guard(
    "no-staff-conflict", lambda f: not f.has_staff_conflict,
    "Die ratsuchende Person steht in Beziehung zu Beschäftigten dieser Stelle.",
    "The client is related to staff of this unit.",
    "§ 35 (1) s. 3 SGB I",
)  # fmt: skip

INDICATION_COMPLETE: Final = _guard(
    "indication-checklist-complete", lambda f: f.is_indication_complete,
    "Die Indikationskriterien sind nicht vollständig dokumentiert.",
    "The indication criteria are not all documented.",
    "C4",
)  # fmt: skip
NOTICE_GIVEN: Final = _guard(
    "information-notice-given", lambda f: f.is_information_notice_given,
    "Die Datenschutzinformation wurde noch nicht gegeben.",
    "The information notice has not been given.",
    "Art. 13, 14 DSGVO",
)  # fmt: skip
LEGAL_BASIS: Final = _guard(
    "legal-basis", lambda f: f.has_legal_basis,
    "Es fehlt eine wirksame Einwilligung oder eine andere Rechtsgrundlage.",
    "An active consent or another recorded legal basis is missing.",
    "Art. 6 DSGVO",
)  # fmt: skip
DOUBLE_CARE_CHECKED: Final = _guard(
    "double-care-checked", lambda f: f.is_double_care_checked,
    "Die Prüfung auf Doppelbetreuung fehlt.", "The double-care check is missing.",
    "R-S3-11",
)  # fmt: skip
DECLINE_REASON: Final = _guard(
    "decline-reason-given", lambda f: f.decline_reason is not None,
    "Der Grund der Nichtaufnahme fehlt.", "The decline reason is missing.",
    "C3, C5",
)  # fmt: skip
SIGNPOSTED: Final = _guard(
    "signposting-recorded",
    lambda f: f.decline_reason is not DeclineReason.OTHER_CASE_MANAGEMENT_ACTIVE
    or f.is_signposting_recorded,
    "Die Verweisberatung an das andere Case Management ist nicht dokumentiert.",
    "Signposting to the other case management is not recorded.",
    "C3",
)  # fmt: skip
REFERRED_ONLY: Final = _guard(
    "closing-reason-referred-only", lambda f: f.closing_reason is ClosingReason.REFERRED_ONLY,
    "Nach einmaliger Beratung ist der Abschlussgrund REFERRED_ONLY.",
    "After one-off advice the closing reason is REFERRED_ONLY.",
    "C6",
)  # fmt: skip

FIELD_ASSESSED: Final = _guard(
    "field-of-action-assessed", lambda f: f.fields_assessed >= 1,
    "Noch kein Handlungsfeld ist eingeschätzt.", "No field of action has been assessed.",
    "C7",
)  # fmt: skip
CLIENT_TOOK_PART: Final = _guard(
    "client-took-part", lambda f: f.has_client_taken_part,
    "Die ratsuchende Person hat am Assessment nicht mitgewirkt.",
    "The client has not taken part in the assessment.",
    "C7",
)  # fmt: skip
PLAN_AGREED: Final = _guard(
    "plan-agreed", lambda f: f.is_plan_agreed,
    "Der Hilfeplan ist noch nicht vereinbart (Datum und Sprache).",
    "The plan has not been agreed (date and language).",
    "C8",
)  # fmt: skip
GOAL_WITH_MEASURE: Final = _guard(
    "goal-with-measure", lambda f: f.goals_with_measure >= 1,
    "Der Hilfeplan hat kein Ziel mit einer Maßnahme.", "The plan has no goal with a measure.",
    "C8",
)  # fmt: skip
RESPONSIBLE_PER_MEASURE: Final = _guard(
    "responsible-per-measure", lambda f: f.measures_without_responsible == 0,
    "Nicht jede Maßnahme hat eine verantwortliche Stelle.",
    "Not every measure has a responsible party.",
    "C8",
)  # fmt: skip
MEASURE_STARTED: Final = _guard(
    "measure-started", lambda f: f.measures_started + f.referrals_accepted >= 1,
    "Noch keine Maßnahme hat begonnen und keine Zusteuerung ist angenommen.",
    "No measure has started and no referral has been accepted.",
    "C9",
)  # fmt: skip
REASON_GIVEN: Final = _guard(
    "reason-given", lambda f: f.is_reason_given,
    "Die Begründung fehlt.", "The reason is missing.",
    "C10, C11",
)  # fmt: skip
GOAL_OPEN: Final = _guard(
    "goal-open", lambda f: f.goals_open >= 1,
    "Kein Ziel ist mehr offen.", "No goal is open any more.",
    "C12",
)  # fmt: skip
EVERY_GOAL_HAS_RESULT: Final = _guard(
    "every-goal-has-result", lambda f: f.goals_without_result == 0,
    "Nicht jedes Ziel hat ein Ergebnis.", "Not every goal has a result.",
    "C13",
)  # fmt: skip

CLOSING_REASON: Final = _guard(
    "closing-reason-given",
    lambda f: f.closing_reason is not None and f.closing_reason not in OWN_MOVE_REASONS,
    "Der Abschlussgrund fehlt oder gehört zu einer anderen Aktion.",
    "The closing reason is missing or belongs to another action.",
    "C14",
)  # fmt: skip
NO_OPEN_REFERRAL: Final = _guard(
    "no-open-referral", lambda f: f.referrals_open == 0,
    "Eine Zusteuerung ist noch offen; erst zurückziehen oder beenden.",
    "A referral is still open; withdraw or complete it first.",
    "C14",
)  # fmt: skip
MEASURES_CLOSED: Final = _guard(
    "measures-closed", lambda f: f.measures_open == 0,
    "Eine Maßnahme läuft noch.", "A measure is still open.",
    "C14",
)  # fmt: skip
STRUCTURAL_QUESTION: Final = _guard(
    "structural-question-answered", lambda f: f.is_structural_question_answered,
    "Die Frage nach Hinweisen auf strukturelle Mängel ist nicht beantwortet.",
    "The question about structural findings has not been answered.",
    "R-S4-7",
)  # fmt: skip
EARLY_END_REASON: Final = _guard(
    "early-end-reason-given", lambda f: f.closing_reason in EARLY_END_REASONS,
    "Ein vorzeitiges Ende braucht einen Grund: verzogen, ausgereist, Kontakt abgebrochen "
    "oder von der ratsuchenden Person beendet.",
    "An early end needs a reason: moved away, departed, contact lost or ended by the client.",
    "C15",
)  # fmt: skip
CONTACT_ATTEMPTED: Final = _guard(
    "contact-attempts-documented",
    lambda f: f.closing_reason is not ClosingReason.CONTACT_LOST
    or f.contact_attempts >= f.contact_attempts_min,
    "Für einen Kontaktabbruch sind zu wenige Kontaktversuche dokumentiert.",
    "Too few contact attempts are documented to call the contact lost.",
    "C15",
)  # fmt: skip
CONSENT_REVOKED: Final = _guard(
    "consent-revoked", lambda f: f.is_consent_revoked and not f.has_legal_basis,
    "Die Einwilligung ist nicht widerrufen oder eine andere Rechtsgrundlage trägt den Fall.",
    "The consent is not revoked, or another legal basis carries the case.",
    "C20, Art. 7 (3) DSGVO",
)  # fmt: skip

REOPENING_WINDOW: Final = _guard(
    "reopening-window-open", lambda f: f.is_reopening_window_open,
    "Die Frist zur Wiederaufnahme ist abgelaufen; bitte einen neuen Fall anlegen.",
    "The time for reopening has passed; open a new case.",
    "C17",
)  # fmt: skip
SAME_PERSON: Final = _guard(
    "same-person-confirmed", lambda f: f.is_same_person_confirmed,
    "Es ist nicht bestätigt, dass es dieselbe Person ist.",
    "It is not confirmed that this is the same person.",
    "C17",
)  # fmt: skip
CLIENT_ALIVE: Final = _guard(
    "client-alive", lambda f: f.closed_because is not ClosingReason.DECEASED,
    "Der Fall endete mit dem Tod der ratsuchenden Person.",
    "The case ended with the death of the client.",
    "C16, § 35 (5) SGB I",
)  # fmt: skip
DELETION_DUE: Final = _guard(
    "deletion-due", lambda f: f.is_deletion_due,
    "Die Löschfrist ist noch nicht erreicht.", "The deletion date has not been reached.",
    "Art. 17 DSGVO, R-D1",
)  # fmt: skip
ARCHIVE_ANSWERED: Final = _guard(
    "archive-offer-answered", lambda f: f.is_archive_offer_answered,
    "Das Archiv hat auf die Anbietung noch nicht geantwortet.",
    "The archive has not answered the offer.",
    "R-D3",
)  # fmt: skip
ERASURE_CONFIRMED: Final = _guard(
    "erasure-confirmed", lambda f: f.is_erasure_confirmed_by_all,
    "Nicht alle Dienste haben die Löschung bestätigt.",
    "Not every service has confirmed the erasure.",
    "R-D5",
)  # fmt: skip

PLAN_APPROVED: Final = _guard(
    "plan-approved",
    lambda f: f.is_plan_approved or not (f.needs_plan_approval and f.is_plan_agreed),
    "Der Falltyp verlangt, dass eine zweite Fachkraft den vereinbarten Hilfeplan freigibt.",
    "The case type asks that a second case manager approves the agreed plan.",
    "C8",
)  # fmt: skip
RESULT_OFFERED: Final = _guard(
    "result-offered",
    lambda f: f.closing_reason is None or f.results_offered is None
    or f.closing_reason in f.results_offered,
    "Diesen Abschlussgrund bietet der Falltyp nicht an.",
    "The case type does not offer this closing reason.",
    "C14",
)  # fmt: skip
