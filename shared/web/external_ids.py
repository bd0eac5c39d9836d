"""Paths, headers and answers of records that other systems put under their own numbers."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Header

from shared.kernel.external_ids import SYSTEM_PATTERN, VALUE_LENGTH_MAX, Delivered
from shared.web.fields import ResponseModel, coded, line

SystemName = coded(SYSTEM_PATTERN, 40)
ExternalValue = line(VALUE_LENGTH_MAX)
IfNoneMatch = Annotated[
    str | None, Header(pattern=r"^\*$", max_length=1, description="`*`: make it, change nothing.")
]


class ExternalNumber(ResponseModel):
    """What another system knows the record by."""

    system: str
    value: str


class PutReceipt(ResponseModel):
    """Outcome and ids; the record itself is read by who may read records."""

    id: UUID
    version: int
    external_id: ExternalNumber
    outcome: Delivered


def made(receipt: type[PutReceipt]) -> dict[int | str, dict[str, Any]]:
    """The answer 201 of an operation that answers 200 where the record was there."""
    return {201: {"model": receipt, "description": "Made / Angelegt"}}


RECEIPT: Final = made(PutReceipt)
