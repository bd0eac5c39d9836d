"""Which lists of referrals can be fetched as a file, behind the door of each list.

They have the process and no content: what was told about a person is read in its referral, behind
the gate for disclosures.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from services.referrals.api.access import (
    may_export,
    may_read_directory,
    may_receive,
    may_send,
    may_send_or_receive,
    may_signpost,
)
from services.referrals.domain.headings import HEADINGS
from services.referrals.storage.base import AuditEntry, JobRow
from services.referrals.storage.capacity import UNIT_SERVICE_LIST
from services.referrals.storage.directory_queries import ORG_UNIT_LIST, SIGNPOSTING_LIST
from services.referrals.storage.notices import NOTICE_LIST
from services.referrals.storage.queries import INBOX_LIST, OUTBOX_LIST, REFERRAL_LIST, sight
from shared.database.lists import ListView
from shared.jobs.headings import COMMON_HEADINGS
from shared.jobs.kinds import ExportKind, Jobs, Values, no_values
from shared.kernel.caller import Caller
from shared.kernel.text import Text
from shared.web.access import CallerCheck


def _sight(caller: Caller, _: datetime) -> Mapping[str, Any]:
    return sight(caller)


def _kind(
    name: str, view: ListView, title: Text, door: CallerCheck, values: Values = no_values
) -> ExportKind:
    return ExportKind(name=name, title=title, view=view, may_list=door, values=values)


JOBS: Final = Jobs(
    service="referrals",
    rows=JobRow,
    audit=AuditEntry,
    exporter=may_export,
    headings={**COMMON_HEADINGS, **HEADINGS},
    kinds=(
        _kind(
            "referrals", REFERRAL_LIST, Text(de="Zusteuerungen", en="Referrals"),
            may_send_or_receive, _sight,
        ),
        _kind("inbox", INBOX_LIST, Text(de="Posteingang", en="Inbox"), may_receive, _sight),
        _kind("outbox", OUTBOX_LIST, Text(de="Postausgang", en="Outbox"), may_send, _sight),
        _kind("notices", NOTICE_LIST, Text(de="Mitteilungen", en="Notices"), may_send_or_receive),
        _kind(
            "signpostings", SIGNPOSTING_LIST, Text(de="Verweisberatungen", en="Signpostings"),
            may_signpost,
        ),
        _kind(
            "org-units", ORG_UNIT_LIST, Text(de="Verzeichnis der Stellen", en="Agency directory"),
            may_read_directory,
        ),
        _kind(
            "unit-services", UNIT_SERVICE_LIST, Text(de="Freie Plätze", en="Capacity"),
            may_read_directory,
        ),
    ),
)  # fmt: skip
