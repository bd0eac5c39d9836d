"""The records around the referrals of a person, as the policies show them to the asking unit."""

from collections.abc import Mapping
from typing import Final

from shared.database.statements import Statement

REFERRALS_OF_PERSON: Final = Statement(
    "select id from sender_record where case_id = any(:case_ids)"
    " union select id from recipient_record where case_id = any(:case_ids)"
    " union select id from referral where id = any(:referral_ids) order by id"
)


def _rows(table: str, unsaid: str) -> tuple[str, Statement]:
    """The table, whose texts may be sealed, and how its rows are read."""
    statement = Statement(
        f"select to_jsonb(t) - array[{unsaid}] as record from {table} t"  # noqa: S608 - constants
        " where t.referral_id = any(:ids) order by t.id"
    )
    return table, statement


KINDS_OF_REFERRAL: Final[Mapping[str, tuple[str, Statement]]] = {
    "REFERRAL_MESSAGE": _rows("referral_message", "'tenant_id'"),
    "REFERRAL_DISCLOSURE": _rows(
        "disclosure", "'tenant_id', 'payload_digest', 'attachments', 'content_version'"
    ),
    "REFERRAL_ATTACHMENT": _rows(
        "attachment", "'tenant_id', 'object_key', 'version', 'scan_state'"
    ),
    "REFERRAL_NOTICE": _rows("notice", "'tenant_id', 'version'"),
}
