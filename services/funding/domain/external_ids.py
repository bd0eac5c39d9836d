"""What finance software delivers under its own numbers, and what a delivery may change."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict
from shared.kernel.text import Text


class ExternalKind(StrEnum):
    AWARD = "AWARD"
    ALLOCATION = "ALLOCATION"
    POSITION = "POSITION"


class DeliveredTermsDiffer(Conflict):
    code = "delivered-terms-differ"
    title = Text(
        de="Diese Angaben ändern sich nach der Anlage nur durch einen eigenen Schritt "
        "(Änderungsbescheid, neue Fassung), nicht durch eine Lieferung.",
        en="After a record was made, these members change by a step of their own (an amendment, a "
        "new version) only, not by a delivery.",
    )


# Members by their outside name. Money and posts of awards and contracts move by amendments, which a
# second person releases; a post has a history of what is approved, which a delivery continues.
DELIVERABLE: Final[Mapping[ExternalKind, frozenset[str]]] = {
    ExternalKind.AWARD: frozenset(
        {
            "reference",
            "authority",
            "funder",
            "awardedOn",
            "assuranceUntil",
            "proofDueOn",
            "permitsForwarding",
            "applicant",
            "territory",
        }
    ),
    ExternalKind.ALLOCATION: frozenset(
        {
            "targetGroup",
            "territory",
            "overlapReason",
            "authorityConsentRef",
            "doubleFundingCheckedOn",
        }
    ),
    ExternalKind.POSITION: frozenset({"approvedFte", "effectiveFrom", "products"}),
}


def refuse_other_terms(
    kind: ExternalKind, changed: Collection[str], stated: Collection[str]
) -> None:
    """`stated` are the members that are not null: what was told before is not taken back by null.

    Raises DeliveredTermsDiffer.
    """
    wrong = [name for name in changed if name not in DELIVERABLE[kind] or name not in stated]
    if wrong:
        raise DeliveredTermsDiffer(fields=sorted(wrong))
