"""The way of awards and allocations to the state in which a test begins."""

from typing import Any

from tests.services.funding.desk import Desk, Record

TERMS = {
    "form": "BY_CONTRACT",
    "costKinds": ["PERSONNEL"],
    "ceiling": "55000.00",
    "proofDueOn": "2023-02-28",
    "dataProtectionRole": "TRANSFER_78_SGB_X",
    "passesOnConditions": True,
    "hasReportingDuty": True,
    "hasSupervisionClause": True,
    "authorityConsentRef": "BRA-36-2022-17",
    "doubleFundingCheckedOn": "2022-01-10",
}


async def granted(officer: Desk, approver: Desk, body: Any) -> Record:
    """Recorded by one person, applied for, released by another."""
    award = await officer.create("/v1/awards", body)
    award = await officer.act("awards", award, "apply")
    return await approver.act("awards", award, "grant")


async def active(officer: Desk, approver: Desk, body: Any) -> Record:
    """Granted, notified, final by waiver, and in force."""
    award = await granted(officer, approver, body)
    day = award["awardedOn"]
    award = await officer.act("awards", award, "notify", {"notifiedOn": day})
    award = await officer.act("awards", award, "make-final", {"remediesWaivedOn": day})
    return await officer.act("awards", award, "activate", {"budgetReleasedOn": day})


def share(line: Record, fte: str, amount: str, **more: Any) -> Record:
    """The body of an allocation from an award line, for all of 2022."""
    return {
        "awardLineId": line["id"],
        "fte": fte,
        "amount": amount,
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        **more,
    }


async def contracted(officer: Desk, body: Any, recipient: str = "waf-caritas") -> Record:
    allocation = await officer.create("/v1/allocations", body)
    selection = {"recipientUnit": recipient, "selectionReason": "einziger Träger vor Ort"}
    allocation = await officer.act("allocations", allocation, "select-directly", selection)
    return await officer.act("allocations", allocation, "contract", TERMS)


async def released(
    officer: Desk, approver: Desk, body: Any, recipient: str = "waf-caritas"
) -> Record:
    """An active allocation."""
    allocation = await contracted(officer, body, recipient)
    return await approver.act("allocations", allocation, "activate")
