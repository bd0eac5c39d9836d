"""Requests of data subjects."""

ANSWERS = {
    "RightsRequest": ("cases", "RightsRequestDetail"),
    "RightsPart": ("cases", "RightsPart"),
    "RightsDecision": ("cases", "RightsDecision"),
    "RightsNotice": ("cases", "RightsNotice"),
    "RightsTransition": ("cases", "RightsTransition"),
    "ErasurePreview": ("cases", "ErasurePreview"),
    "ErasureReason": ("cases", "ReasonAgainst"),
    "PreviewedCase": ("cases", "PreviewedCase"),
    "PreviewedPart": ("cases", "PreviewedPart"),
    "OwnNote": ("cases", "OwnNote"),
    "AccessReport": ("cases", "AccessReport"),
    "AccessRecipient": ("cases", "AccessRecipient"),
    "AccessOfDay": ("cases", "AccessOfDay"),
}

REQUESTS = {
    "RecordRightsRequestInput": ("cases", "/v1/rights-requests", "post"),
    "PerformRightsRequestActionInput": (
        "cases",
        "/v1/rights-requests/{request_id}/actions/{action}",
        "post",
    ),
    "DecideRightsPartInput": ("cases", "/v1/rights-requests/{request_id}/decisions", "put"),
}

ENUMS = {
    "DataRight": "services.cases.domain.rights_codes:DataRight",
    "RightsRequestState": "services.cases.domain.rights_codes:RightsState",
    "RightsRequestAction": "services.cases.domain.rights_codes:RightsAction",
    "RightsAskedBy": "services.cases.domain.rights_codes:AskedBy",
    "RightsAskedOn": "services.cases.domain.rights_codes:AskedOn",
    "RightsReceivedVia": "services.cases.domain.rights_codes:ReceivedVia",
    "IdentityCheck": "services.cases.domain.rights_codes:IdentityCheck",
    "RightsExtensionReason": "services.cases.domain.rights_codes:ExtensionReason",
    "RightsSettlement": "services.cases.domain.rights_codes:Settlement",
    "RightsHandedOver": "services.cases.domain.rights_codes:HandedOver",
    "RightsChange": "services.cases.domain.rights_codes:ChangeToTell",
    "RefusalGround": "services.cases.domain.rights_grounds:RefusalGround",
}
