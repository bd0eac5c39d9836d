"""A book as lines of JSON with everything that the hashes cover, and reading it back.

python -m services.funding.operations.ledger.verify_file books.ndjson
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.funding.domain.ledger.chain import (
    FORM,
    ChainCheck,
    ChainReader,
    Link,
    LinkPosting,
    StoredLink,
    instant_text,
)


class BookUnreadable(ValueError):
    """The lines are no exported book; the message names the line."""


def print_header(tenant_id: str, book: str, head_sequence: int, head_hash: bytes) -> str:
    return _line(
        {
            "form": FORM,
            "tenant": tenant_id,
            "book": book,
            "headSequence": head_sequence,
            "headHash": head_hash.hex(),
        }
    )


def print_link(stored: StoredLink) -> str:
    link = stored.link
    return _line(
        {
            "sequence": link.sequence,
            "id": str(link.id),
            "event": link.event,
            "valueDate": link.value_date.isoformat(),
            "recordedAt": instant_text(link.recorded_at),
            "fiscalYear": link.fiscal_year,
            "awardLineId": str(link.award_line_id),
            "sourceKind": link.source_kind,
            "sourceId": str(link.source_id),
            "reversesId": str(link.reverses_id) if link.reverses_id else None,
            "reference": link.reference,
            "reasonCode": link.reason_code,
            "recordedBy": link.recorded_by,
            "releasedBy": link.released_by,
            "postings": [
                [
                    one.ordinal,
                    one.account,
                    one.amount_cents,
                    str(one.position_id) if one.position_id else None,
                ]
                for one in link.postings
            ],
            "previousHash": stored.previous_hash.hex(),
            "hash": stored.hash.hex(),
        }
    )


def check_lines(lines: Iterable[str]) -> ChainCheck:
    """Check an exported book; `first_broken` also tells that it was cut short.

    Raises BookUnreadable.
    """
    reader = ChainReader()
    header: dict[str, Any] | None = None
    for place, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            if header is None:
                header = _header(record)
            else:
                reader.read(_stored(record, header))
        except (KeyError, TypeError, ValueError) as fault:
            raise BookUnreadable(f"Line {place} is no line of an exported book: {fault}") from fault
    if header is None:
        raise BookUnreadable("The file is empty.")
    found = reader.result()
    is_whole = (found.head_sequence, found.head_hash.hex()) == (
        header["headSequence"],
        header["headHash"],
    )
    if found.is_intact and not is_whole:
        return ChainCheck(
            found.entries, found.head_sequence, found.head_hash, found.head_sequence + 1
        )
    return found


def _header(record: dict[str, Any]) -> dict[str, Any]:
    if record["form"] != FORM:
        raise ValueError(f"the form is not {FORM}")
    return record


def _stored(record: dict[str, Any], header: dict[str, Any]) -> StoredLink:
    link = Link(
        tenant_id=header["tenant"],
        book=header["book"],
        sequence=record["sequence"],
        id=UUID(record["id"]),
        event=record["event"],
        value_date=date.fromisoformat(record["valueDate"]),
        recorded_at=datetime.fromisoformat(record["recordedAt"]),
        fiscal_year=record["fiscalYear"],
        award_line_id=UUID(record["awardLineId"]),
        source_kind=record["sourceKind"],
        source_id=UUID(record["sourceId"]),
        reverses_id=UUID(record["reversesId"]) if record["reversesId"] else None,
        reference=record["reference"],
        reason_code=record["reasonCode"],
        recorded_by=record["recordedBy"],
        released_by=record["releasedBy"],
        postings=tuple(
            LinkPosting(ordinal, account, cents, UUID(position) if position else None)
            for ordinal, account, cents, position in record["postings"]
        ),
    )
    return StoredLink(link, bytes.fromhex(record["previousHash"]), bytes.fromhex(record["hash"]))


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
