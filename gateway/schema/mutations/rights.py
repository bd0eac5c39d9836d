"""Requests of data subjects."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.rights import (
    DecideRightsPartInput,
    PerformRightsRequestActionInput,
    RecordRightsRequestInput,
)
from gateway.schema.published import both, field
from gateway.schema.rights import RightsRequest


@strawberry.type(description=both("The request after the change.", "Der Antrag nach der Änderung."))
class RightsRequestSuccess(Success):
    request: RightsRequest = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_request = made(RightsRequestSuccess, "request", RightsRequest)
RightsRequestResult = outcome(
    "RightsRequestResult",
    RightsRequestSuccess,
    en="The request, or why not.",
    de="Der Antrag, oder warum nicht.",
)


@strawberry.type
class RightsMutations:
    record_rights_request = command(
        "POST cases /v1/rights-requests",
        RecordRightsRequestInput,
        _request,
        RightsRequestResult,
        en="Record a request of a data subject; its clock of one month starts.",
        de="Einen Betroffenenantrag erfassen; seine Monatsfrist beginnt.",
    )
    perform_rights_request_action = command(
        "POST cases /v1/rights-requests/{request_id}/actions/{action}",
        PerformRightsRequestActionInput,
        _request,
        RightsRequestResult,
        en="Confirm the identity, extend, grant, refuse, withdraw, complete.",
        de="Identität bestätigen, verlängern, stattgeben, ablehnen, zurücknehmen, abschließen.",
    )
    decide_rights_part = command(
        "PUT cases /v1/rights-requests/{request_id}/decisions",
        DecideRightsPartInput,
        _request,
        RightsRequestResult,
        en="Let a part of an answer out or withhold it on a legal ground.",
        de="Einen Teil der Auskunft herausgeben oder mit gesetzlichem Grund zurückhalten.",
    )
