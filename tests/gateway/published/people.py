"""Persons, families, status over time, retention: published by the case service."""

ANSWERS = {
    "PersonAddress": ("cases", "Address"),
    "ContactPoint": ("cases", "ContactPoint"),
    "LanguageSkill": ("cases", "LanguageSkill"),
    "LegalRepresentative": ("cases", "LegalRepresentative"),
    "PersonDispute": ("cases", "Dispute"),
    "LegacyName": ("cases", "LegacyNameView"),
    "LegacyNamePart": ("cases", "LegacyName"),
    "LegacyReplacement": ("cases", "LegacyReplacement"),
    "PersonMerge": ("cases", "MergeView"),
    "RestrictionRelease": ("cases", "ReleaseView"),
    "PersonHit": ("cases", "PersonHit"),
    "Family": ("cases", "FamilyView"),
    "FamilyMember": ("cases", "MemberView"),
    "CaseMove": ("cases", "CaseMoveView"),
    "TimelineEntry": ("cases", "TimelineEntryView"),
    "LegalCircleChange": ("cases", "LegalCircleChangeView"),
    "ReferralProposal": ("cases", "ReferralProposalView"),
}

PERSON = "/v1/persons/{person_id}"
FAMILY = "/v1/families/{family_id}"
PROPOSAL = "/v1/referral-proposals/{proposal_id}"
REQUESTS = {
    "ChangePersonInput": ("cases", PERSON, "put"),
    "KeepContactPointsInput": ("cases", f"{PERSON}/contact-points", "put"),
    "KeepAddressesInput": ("cases", f"{PERSON}/addresses", "put"),
    "KeepLanguagesInput": ("cases", f"{PERSON}/languages", "put"),
    "KeepLegalRepresentativesInput": ("cases", f"{PERSON}/legal-representatives", "put"),
    "NotePersonDisputesInput": ("cases", f"{PERSON}/disputes", "put"),
    "RestrictPersonInput": ("cases", f"{PERSON}/restriction", "put"),
    "GrantRestrictionReleaseInput": ("cases", f"{PERSON}/restriction-releases", "post"),
    "EndRestrictionReleaseInput": (
        "cases",
        f"{PERSON}/restriction-releases/actions/end",
        "post",
    ),
    "MergePersonsInput": ("cases", f"{PERSON}/actions/merge", "post"),
    "PersonSearchInput": ("cases", "/v1/persons/search", "post"),
    "ComposeFamilyInput": ("cases", "/v1/families", "post"),
    "AddFamilyMemberInput": ("cases", f"{FAMILY}/members", "post"),
    "EndFamilyMembershipInput": ("cases", f"{FAMILY}/members/{{member_id}}/actions/end", "post"),
    "RecordArrivalCohortInput": ("cases", f"{FAMILY}/arrival-cohort", "put"),
    "SplitFamilyInput": ("cases", f"{FAMILY}/actions/split", "post"),
    "JoinFamiliesInput": ("cases", f"{FAMILY}/actions/join", "post"),
    "RecordStatusInput": ("cases", f"{PERSON}/timeline", "post"),
    "CorrectTimelineEntryInput": (
        "cases",
        "/v1/timeline-entries/{entry_id}/actions/correct",
        "post",
    ),
    "RecordLegalCircleChangeInput": ("cases", f"{PERSON}/legal-circle-changes", "post"),
    "TakeReferralProposalInput": ("cases", f"{PROPOSAL}/actions/take", "post"),
    "DismissReferralProposalInput": ("cases", f"{PROPOSAL}/actions/dismiss", "post"),
}

ENUMS = {
    "CefrLevel": "services.cases.domain.person_parts:CefrLevel",
    "PersonContactKind": "services.cases.domain.person_parts:ContactKind",
    "Interpreting": "services.cases.domain.person_parts:Interpreting",
    "Literacy": "services.cases.domain.person_parts:Literacy",
    "ReleaseBasis": "services.cases.domain.person_parts:ReleaseBasis",
    "RepresentativeKind": "services.cases.domain.person_parts:RepresentativeKind",
    "PersonMatch": "services.cases.domain.duplicates:Reason",
    "TimelineKind": "services.cases.domain.timeline:TimelineKind",
    "DataSource": "services.cases.domain.timeline:DataSource",
    "SourceBasis": "services.cases.domain.timeline:SourceBasis",
    "CorrectionReason": "services.cases.domain.timeline:CorrectionReason",
    "LegalCircleChangeReason": "services.cases.domain.timeline:ChangeReason",
    "ParagraphNeed": "services.cases.domain.residence:ParagraphNeed",
    "ProposalState": "services.cases.domain.referral_rules:ProposalState",
    "ProposalDismissReason": "services.cases.domain.referral_rules:DismissReason",
}
