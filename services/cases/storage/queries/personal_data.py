"""Everything that this service holds of a person, kind by kind, under the policies of the asker.

The unit's own worker asks: what other units hold is never seen here. Notes that only certain people
may read (`CONFIDENTIAL`, `ENTRUSTED`) do not show for it either; who may read them hands them over
(§ 65 SGB VIII).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.database.statements import Statement

# Keys of the search, places in the store, and what only tells how a row is kept.
UNSAID: Final = (
    "tenant_id", "unit_id", "name_key", "restricted_by", "object_key", "version",
    "keys_version", "is_staff_related", "scan_state", "position",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of data: where it lies, and whether others may be spoken of in it."""

    table: str
    key: str
    may_concern_others: bool = False

    @property
    def of_person(self) -> bool:
        return self.key in {"id", "person_id", "survivor_id"} and self.table != "case_record"


HELD: Final[Mapping[str, Held]] = {
    "PERSON": Held("person", "id"),
    "ADDRESS": Held("address", "person_id"),
    "CONTACT_POINT": Held("contact_point", "person_id"),
    "LANGUAGE_SKILL": Held("language_skill", "person_id"),
    "LEGAL_REPRESENTATIVE": Held("legal_representative", "person_id", True),
    "FAMILY_MEMBERSHIP": Held("family_member", "person_id"),
    "STATUS": Held("timeline_entry", "person_id"),
    "LEGAL_CIRCLE_CHANGE": Held("legal_circle_change", "person_id"),
    "MERGE": Held("person_merge", "survivor_id"),
    "RESTRICTION_RELEASE": Held("restriction_release", "person_id"),
    "EXTERNAL_ID": Held("external_id", "person_id"),
    "DELIVERED_VALUES": Held("delivery", "person_id"),
    "CASE": Held("case_record", "id"),
    "CASE_DELIVERED_VALUES": Held("delivery", "case_id"),
    "CASE_EXTERNAL_ID": Held("external_id", "case_id"),
    "PHASE": Held("case_phase", "case_id"),
    "PHASE_REASON": Held("phase_reason", "case_id", True),
    "FLAG": Held("case_flag", "case_id", True),
    "TASK": Held("case_task", "case_id", True),
    "ASSESSMENT": Held("assessment_entry", "case_id", True),
    "INDICATION": Held("indication_checklist", "case_id"),
    "CONTACT": Held("counselling_contact", "case_id"),
    "CONTACT_ATTEMPT": Held("contact_attempt", "case_id"),
    "CONFERENCE": Held("case_conference", "case_id", True),
    "CONFERENCE_PARTICIPANT": Held("conference_participant", "case_id"),
    "CONFERENCE_OUTCOME": Held("conference_outcome", "case_id", True),
    "CONSENT": Held("consent", "case_id"),
    "CUSTOM_FIELDS": Held("custom_fields", "case_id"),
    "DOCUMENT": Held("document", "case_id", True),
    "DOUBLE_CARE_CHECK": Held("double_care_check", "case_id"),
    "EXTRACT": Held("extract_origin", "case_id"),
    "FAMILY_MOVE": Held("family_move", "case_id"),
    "INFORMATION_NOTICE": Held("information_notice", "case_id"),
    "PLAN": Held("plan_version", "case_id"),
    "PLAN_APPROVAL": Held("plan_approval", "case_id"),
    "GOAL": Held("goal", "case_id", True),
    "MEASURE": Held("measure", "case_id", True),
    "NOTE": Held("note", "case_id", True),
    "NOTE_RELEASE": Held("note_release", "case_id"),
    "REFERRAL_PROPOSAL": Held("referral_proposal", "case_id"),
    "RELATED_CASE": Held("related_case", "case_id"),
    "SENT_REFERRAL": Held("sent_referral", "case_id"),
}
# Tables of people's data that an answer leaves out, and why.
LEFT_OUT: Final[Mapping[str, str]] = {
    "case_file": "an anchor without content",
    "family": "of several people: the membership of the person is told instead",
    "person_search": "keys reckoned from the name, which is told",
    "kind_deadline": "reckoned from the rules; told with the period of storage",
    "seen_mark": "about the staff who looked",
}


def _rows(held: Held) -> Statement:
    return Statement(
        f"select t.id, to_jsonb(t) - cast(:unsaid as text[]) as record from {held.table} t"  # noqa: S608 - names from the table above
        f" where t.{held.key} = any(:ids) order by t.id"
    )


def _count(held: Held) -> Statement:
    return Statement(
        f"select count(*) from {held.table} t where t.{held.key} = any(:ids)"  # noqa: S608 - names from the table above
    )


RECORDS_OF_KIND: Final = {kind: _rows(held) for kind, held in HELD.items()}
COUNT_OF_KIND: Final = {kind: _count(held) for kind, held in HELD.items()}
# Every record of the person in this unit, merged ones too, and the cases that it is the client of.
RECORDS_OF_PERSON: Final = Statement(
    "with survivor as (select coalesce(merged_into_id, id) as id from person"
    " where id = :person_id)"
    " select p.id, p.is_restricted from person p, survivor s"
    " where p.id = s.id or p.merged_into_id = s.id order by p.id"
)
CASES_OF_PERSON: Final = Statement(
    "select id, reference, state, version, closed_on, deletion_due_on, is_under_legal_hold,"
    " is_processing_restricted, archive_answer, referral_id from case_record"
    " where person_id = any(:ids) order by id"
)
CASES_BY_ID: Final = Statement(
    "select id, reference, state, version, closed_on, deletion_due_on, is_under_legal_hold,"
    " is_processing_restricted, archive_answer, referral_id from case_record"
    " where id = any(:ids) order by id"
)
REFERRALS_OF_CASES: Final = Statement(
    "select referral_id from sent_referral where case_id = any(:ids)"
    " union select referral_id from case_record where id = any(:ids) and referral_id is not null"
)
NOTES_FOR_THEIR_READERS: Final = Statement(
    "select n.id, to_jsonb(n) - cast(:unsaid as text[]) as record from note n"
    " where n.case_id = any(:ids) and n.confidentiality <> 'NORMAL' order by n.id"
)
