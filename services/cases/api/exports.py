"""Which lists of cases can be fetched as a file, behind the door of each list.

Not among them: notes, assessments, flags, conferences and timelines. What was said in counselling
is read in its case and leaves it with the whole file alone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from services.cases.api.access import (
    may_export,
    may_keep_staff,
    may_read_cases,
    may_read_findings,
    may_read_meetings,
    visible,
)
from services.cases.domain.headings import HEADINGS
from services.cases.storage.queries import across_cases as lists
from services.cases.storage.queries.case_types import CASE_TYPE_LIST
from services.cases.storage.queries.cases import CASE_LIST
from services.cases.storage.queries.families import FAMILY_LIST
from services.cases.storage.queries.findings import FINDING_LIST
from services.cases.storage.queries.meetings import CONCEPT_LIST, MEETING_LIST
from services.cases.storage.queries.offers import OFFER_LIST
from services.cases.storage.queries.people import PERSON_LIST, STAFF_LIST
from services.cases.storage.tables import AuditEntry, JobRow
from shared.database.lists import ListView
from shared.jobs.headings import COMMON_HEADINGS
from shared.jobs.kinds import ExportKind, Jobs, no_values
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date
from shared.kernel.text import Text
from shared.web.access import CallerCheck


def _today(_: Caller, at: datetime) -> Mapping[str, Any]:
    return {"today": berlin_date(at)}


def _kind(name: str, view: ListView, german: str, english: str, door: CallerCheck) -> ExportKind:
    return ExportKind(
        name=name,
        title=Text(de=german, en=english),
        view=view,
        may_list=door,
        values=_today if view is lists.TASK_LIST else no_values,
    )


JOBS: Final = Jobs(
    service="cases",
    rows=JobRow,
    audit=AuditEntry,
    exporter=may_export,
    headings={**COMMON_HEADINGS, **HEADINGS},
    kinds=(
        _kind("cases", CASE_LIST, "Fälle", "Cases", may_read_cases),
        _kind("persons", PERSON_LIST, "Personen", "Persons", may_read_cases),
        _kind("families", FAMILY_LIST, "Familien", "Families", may_read_cases),
        _kind("tasks", lists.TASK_LIST, "Aufgaben", "Tasks", may_read_cases),
        _kind("contacts", lists.CONTACT_LIST, "Beratungskontakte", "Contacts", may_read_cases),
        _kind("consents", lists.CONSENT_LIST, "Einwilligungen", "Consents", may_read_cases),
        _kind("documents", lists.DOCUMENT_LIST, "Dokumente", "Documents", may_read_cases),
        _kind("related-cases", lists.RELATED_LIST, "Verbundene Fälle", "Relations", may_read_cases),
        _kind("staff-members", STAFF_LIST, "Fachkräfte", "Staff", may_keep_staff),
        _kind("case-types", CASE_TYPE_LIST, "Falltypen", "Case types", visible),
        _kind("offers", OFFER_LIST, "Angebote", "Offers", may_read_findings),
        _kind(
            "structural-findings", FINDING_LIST, "Fallanalysen", "Structural findings",
            may_read_findings,
        ),
        _kind("meetings", MEETING_LIST, "Sitzungen", "Meetings", may_read_meetings),
        _kind(
            "concept-versions", CONCEPT_LIST, "Fassungen des Handlungskonzepts",
            "Versions of the concept", may_read_meetings,
        ),
    ),
)  # fmt: skip
