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
    "PersonHit": ("cases", "PersonHit"),
    "Family": ("cases", "FamilyView"),
    "FamilyMember": ("cases", "MemberView"),
}

PERSON = "/v1/persons/{person_id}"
FAMILY = "/v1/families/{family_id}"
REQUESTS = {
    "ChangePersonInput": ("cases", PERSON, "put"),
    "KeepContactPointsInput": ("cases", f"{PERSON}/contact-points", "put"),
    "KeepAddressesInput": ("cases", f"{PERSON}/addresses", "put"),
    "KeepLanguagesInput": ("cases", f"{PERSON}/languages", "put"),
    "KeepLegalRepresentativesInput": ("cases", f"{PERSON}/legal-representatives", "put"),
    "NotePersonDisputesInput": ("cases", f"{PERSON}/disputes", "put"),
    "RestrictPersonInput": ("cases", f"{PERSON}/restriction", "put"),
    "MergePersonsInput": ("cases", f"{PERSON}/actions/merge", "post"),
    "PersonSearchInput": ("cases", "/v1/persons/search", "post"),
    "ComposeFamilyInput": ("cases", "/v1/families", "post"),
    "AddFamilyMemberInput": ("cases", f"{FAMILY}/members", "post"),
    "EndFamilyMembershipInput": ("cases", f"{FAMILY}/members/{{member_id}}/actions/end", "post"),
    "RecordArrivalCohortInput": ("cases", f"{FAMILY}/arrival-cohort", "put"),
}

ENUMS = {
    "CefrLevel": "services.cases.domain.person_parts:CefrLevel",
    "PersonContactKind": "services.cases.domain.person_parts:ContactKind",
    "Interpreting": "services.cases.domain.person_parts:Interpreting",
    "Literacy": "services.cases.domain.person_parts:Literacy",
    "RepresentativeKind": "services.cases.domain.person_parts:RepresentativeKind",
    "PersonMatch": "services.cases.domain.duplicates:Reason",
}
