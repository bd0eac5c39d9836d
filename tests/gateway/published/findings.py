"""Structural findings, conferences, meetings."""

ANSWERS = {
    "FindingStep": ("cases", "StepView"),
    "FindingExtract": ("cases", "ExtractView"),
    "StructuralFinding": ("cases", "FindingView"),
    "Offer": ("cases", "OfferView"),
    "FoundOffer": ("cases", "FoundOffer"),
    "ExtractOrigin": ("cases", "OriginInCaseView"),
    "CaseExtract": ("cases", "CaseExtract"),
    "ConferenceParticipant": ("cases", "ParticipantView"),
    "ConferenceOutcome": ("cases", "OutcomeView"),
    "CaseConference": ("cases", "ConferenceView"),
    "TopicFigure": ("cases", "TopicFigure"),
    "QuarterFigures": ("cases", "QuarterFigures"),
    "ConferenceStatistics": ("cases", "ConferenceStatistics"),
    "Meeting": ("cases", "MeetingView"),
    "ConceptVersion": ("cases", "ConceptView"),
    "Caution": ("cases", "Warned"),
}

REQUESTS = {
    "RecordFindingInput": ("cases", "/v1/structural-findings", "post"),
    "DescribeFindingInput": ("cases", "/v1/structural-findings/{finding_id}", "put"),
    "AddFindingExtractInput": ("cases", "/v1/structural-findings/{finding_id}/extracts", "post"),
    "RecordFindingStepInput": ("cases", "/v1/structural-findings/{finding_id}/steps", "post"),
    "PerformFindingActionInput": (
        "cases",
        "/v1/structural-findings/{finding_id}/actions/{action}",
        "post",
    ),
    "RecordOfferInput": ("cases", "/v1/offers", "post"),
    "ChangeOfferInput": ("cases", "/v1/offers/{offer_id}", "put"),
    "LinkFindingOfferInput": ("cases", "/v1/structural-findings/{finding_id}/offers", "post"),
    "RecordConferenceInput": ("cases", "/v1/cases/{case_id}/conferences", "post"),
    "RecordMeetingInput": ("cases", "/v1/meetings", "post"),
    "DraftConceptInput": ("cases", "/v1/concept-versions", "post"),
    "PerformConceptActionInput": (
        "cases",
        "/v1/concept-versions/{concept_id}/actions/{action}",
        "post",
    ),
}

ENUMS = {
    "FindingState": "services.cases.domain.findings:FindingState",
    "FindingAction": "services.cases.domain.findings:FindingAction",
    "OfferState": "services.cases.domain.offers:OfferState",
    "OfferRelation": "services.cases.domain.offers:OfferRelation",
    "MethodStep": "services.cases.domain.finding_codes:MethodStep",
    "ExtractAgeBand": "services.cases.domain.finding_codes:AgeBand",
    "ArrivalBand": "services.cases.domain.finding_codes:ArrivalBand",
    "MeetingBody": "services.cases.domain.finding_codes:MeetingBody",
    "ConceptState": "services.cases.domain.concepts:ConceptState",
    "ConceptAction": "services.cases.domain.concepts:ConceptAction",
    "DisclosureBasis": "services.cases.domain.conferences:DisclosureBasis",
    "ConferenceGround": "services.cases.domain.conferences:StatutoryGround",
    "ConferenceOutcomeKind": "services.cases.domain.conferences:OutcomeKind",
    "UnitType": "services.cases.domain.codes:UnitType",
}
