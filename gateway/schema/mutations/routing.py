"""Rules of routing and their trial; signposting."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.routing import (
    HandOverSignpostingInput,
    InformSignpostedPersonInput,
    PublishRoutingRulesInput,
    RecordSignpostingOutcomeInput,
    SignpostPersonInput,
    SimulateRoutingInput,
)
from gateway.schema.mutations.referrals import ReferralResult, ReferralSuccess
from gateway.schema.published import both, field
from gateway.schema.referral import Referral
from gateway.schema.routing import RoutingRuleSet, RoutingSimulation
from gateway.schema.signposting import Signposting


@strawberry.type(description=both("The version published.", "Die veröffentlichte Fassung."))
class RoutingRuleSetSuccess(Success):
    rule_set: RoutingRuleSet = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("What the trial says.", "Was die Erprobung sagt."))
class RoutingSimulationSuccess(Success):
    simulation: RoutingSimulation = field("In numbers.", "In Zahlen.")


@strawberry.type(description=both("The signposting after the change.", "Der Verweis danach."))
class SignpostingSuccess(Success):
    signposting: Signposting = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_signposting = made(SignpostingSuccess, "signposting", Signposting)
RoutingRuleSetResult = outcome(
    "RoutingRuleSetResult",
    RoutingRuleSetSuccess,
    en="The version, or why not.",
    de="Die Fassung, oder warum nicht.",
)
RoutingSimulationResult = outcome(
    "RoutingSimulationResult",
    RoutingSimulationSuccess,
    en="The numbers, or why not.",
    de="Die Zahlen, oder warum nicht.",
)
SignpostingResult = outcome(
    "SignpostingResult",
    SignpostingSuccess,
    en="The signposting, or why not.",
    de="Der Verweis, oder warum nicht.",
)


@strawberry.type
class RoutingMutations:
    publish_routing_rules = command(
        "POST referrals /v1/routing-rules",
        PublishRoutingRulesInput,
        made(RoutingRuleSetSuccess, "rule_set", RoutingRuleSet),
        RoutingRuleSetResult,
        en="Publish all rules as the next version.",
        de="Alle Regeln als nächste Fassung veröffentlichen.",
    )
    simulate_routing = command(
        "POST referrals /v1/routing-rules/simulate",
        SimulateRoutingInput,
        made(RoutingSimulationSuccess, "simulation", RoutingSimulation),
        RoutingSimulationResult,
        en="Try rules on past referrals; it stores nothing.",
        de="Regeln an früheren Überleitungen erproben; es speichert nichts.",
        is_harmless=True,
    )
    signpost_person = command(
        "POST referrals /v1/signpostings",
        SignpostPersonInput,
        _signposting,
        SignpostingResult,
        en="Write down where a person was told to go.",
        de="Festhalten, wohin jemand verwiesen wurde.",
    )
    inform_signposted_person = command(
        "POST referrals /v1/signpostings/{signposting_id}/actions/inform",
        InformSignpostedPersonInput,
        _signposting,
        SignpostingResult,
        en="The person has the contact data.",
        de="Die Person hat die Kontaktdaten.",
    )
    record_signposting_outcome = command(
        "POST referrals /v1/signpostings/{signposting_id}/actions/record-outcome",
        RecordSignpostingOutcomeInput,
        _signposting,
        SignpostingResult,
        en="How it went, told by the person.",
        de="Wie es ausging, laut Person.",
    )
    hand_over_signposting = command(
        "POST referrals /v1/signpostings/{signposting_id}/actions/hand-over",
        HandOverSignpostingInput,
        made(ReferralSuccess, "referral", Referral),
        ReferralResult,
        en="The person wants a handover: make a draft of a referral.",
        de="Die Person möchte eine begleitete Übergabe: einen Entwurf anlegen.",
    )
