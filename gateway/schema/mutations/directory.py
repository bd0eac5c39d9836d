"""The agency directory, capacities, clocks and deputies."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.directory import (
    AddOrgUnitInput,
    AppointReferralDeputyInput,
    EndReferralDeputyshipInput,
    ReplaceOrgUnitInput,
    SetClockPolicyInput,
    TellCapacityInput,
)
from gateway.schema.org_unit import OrgUnit, UnitService
from gateway.schema.published import both, field
from gateway.schema.referral_exchange import ClockPolicy, ReferralDeputyship


@strawberry.type(description=both("The unit after the change.", "Die Stelle danach."))
class OrgUnitSuccess(Success):
    unit: OrgUnit = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("The capacity after the change.", "Die Kapazität danach."))
class UnitServiceSuccess(Success):
    capacity: UnitService = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The terms that were set.", "Die festgelegten Fristen."))
class ClockPolicySuccess(Success):
    policy: ClockPolicy = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(description=both("The deputyship after the change.", "Die Vertretung danach."))
class ReferralDeputyshipSuccess(Success):
    deputyship: ReferralDeputyship = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_unit = made(OrgUnitSuccess, "unit", OrgUnit)
_deputyship = made(ReferralDeputyshipSuccess, "deputyship", ReferralDeputyship)
OrgUnitResult = outcome(
    "OrgUnitResult",
    OrgUnitSuccess,
    en="The unit, or why not.",
    de="Die Stelle, oder warum nicht.",
)
UnitServiceResult = outcome(
    "UnitServiceResult",
    UnitServiceSuccess,
    en="The capacity, or why not.",
    de="Die Kapazität, oder warum nicht.",
)
ClockPolicyResult = outcome(
    "ClockPolicyResult",
    ClockPolicySuccess,
    en="The terms, or why not.",
    de="Die Fristen, oder warum nicht.",
)
ReferralDeputyshipResult = outcome(
    "ReferralDeputyshipResult",
    ReferralDeputyshipSuccess,
    en="The deputyship, or why not.",
    de="Die Vertretung, oder warum nicht.",
)


@strawberry.type
class DirectoryMutations:
    add_org_unit = command(
        "POST referrals /v1/org-units",
        AddOrgUnitInput,
        _unit,
        OrgUnitResult,
        en="Add a unit to the directory.",
        de="Eine Stelle ins Verzeichnis aufnehmen.",
    )
    replace_org_unit = command(
        "PUT referrals /v1/org-units/{unit_id}",
        ReplaceOrgUnitInput,
        _unit,
        OrgUnitResult,
        en="Replace the entry of a unit.",
        de="Den Eintrag einer Stelle ersetzen.",
    )
    tell_capacity = command(
        "PUT referrals /v1/org-units/{unit_id}/services/{service_code}",
        TellCapacityInput,
        made(UnitServiceSuccess, "capacity", UnitService),
        UnitServiceResult,
        en="Tell what a unit can take on.",
        de="Melden, was eine Stelle aufnehmen kann.",
    )
    set_clock_policy = command(
        "POST referrals /v1/clock-policies",
        SetClockPolicyInput,
        made(ClockPolicySuccess, "policy", ClockPolicy),
        ClockPolicyResult,
        en="Set the terms of a kind of referral from a day on.",
        de="Die Fristen einer Art von Überleitung ab einem Tag festlegen.",
    )
    appoint_referral_deputy = command(
        "POST referrals /v1/deputyships",
        AppointReferralDeputyInput,
        _deputyship,
        ReferralDeputyshipResult,
        en="Appoint a deputy in the own unit.",
        de="Eine Vertretung in der eigenen Stelle einsetzen.",
    )
    end_referral_deputyship = command(
        "POST referrals /v1/deputyships/{deputyship_id}/actions/end",
        EndReferralDeputyshipInput,
        _deputyship,
        ReferralDeputyshipResult,
        en="End a deputyship on a day.",
        de="Eine Vertretung an einem Tag beenden.",
    )
