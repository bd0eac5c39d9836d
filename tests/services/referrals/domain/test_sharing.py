"""What the recipient sees before and after it accepts."""

from datetime import date

import pytest

from services.referrals.domain.catalogue import SERVICES, ServiceUnknown, service
from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    ReferralState,
)
from services.referrals.domain.sharing import (
    KEEPS_CONTENT,
    PREVIEW_FIELDS,
    PayloadFacts,
    age_band,
)
from tests.services.referrals.domain.people_and_places import CONTENT, TODAY


def test_the_preview_names_nobody() -> None:
    assert PREVIEW_FIELDS == (
        "serviceCode",
        "topic",
        "urgency",
        "language",
        "interpreterNeeded",
        "municipalityAgs",
        "ageBand",
        "senderUnit",
    )


def test_content_is_deleted_on_expiry_and_withdrawal() -> None:
    assert {state for state, keeps in KEEPS_CONTENT.items() if not keeps} == {
        ReferralState.EXPIRED,
        ReferralState.WITHDRAWN,
    }
    assert set(KEEPS_CONTENT) == set(ReferralState)


def test_the_facts_of_a_payload_are_its_parts_and_paths() -> None:
    facts = PayloadFacts.of({**CONTENT, "contact": {}, "family": None})
    assert facts.categories == {
        DataCategory.IDENTITY,
        DataCategory.LANGUAGES,
        DataCategory.NEED,
    }
    assert facts.fields == {
        "identity.familyName",
        "identity.givenNames",
        "identity.birthDate",
        "languages.spoken",
        "languages.interpreterNeeded",
        "need.summary",
    }


def test_a_part_that_is_no_category_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="azrNumber"):
        PayloadFacts.of({"azrNumber": {"value": "1"}})


def test_every_service_needs_a_name_and_a_language() -> None:
    for entry in SERVICES.values():
        assert entry.categories >= {DataCategory.IDENTITY, DataCategory.LANGUAGES}


def test_residence_data_belong_to_the_persons_own_applications_alone() -> None:
    with_residence = {
        c for c, entry in SERVICES.items() if DataCategory.RESIDENCE in entry.categories
    }
    assert with_residence == {"RESIDENCE_APPLICATION", "NATURALISATION"}
    assert with_residence == {c for c, entry in SERVICES.items() if entry.is_authority_matter}


def test_authorities_never_get_the_need_the_family_or_health() -> None:
    never = {DataCategory.NEED, DataCategory.FAMILY, DataCategory.HEALTH, DataCategory.BENEFITS}
    for entry in SERVICES.values():
        if entry.is_authority_matter:
            assert not entry.categories & never


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(ServiceUnknown):
        service("PALM_READING")


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2012, 3, 11), AgeBand.CHILD_0_13),
        (date(2012, 3, 10), AgeBand.YOUTH_14_17),
        (date(2008, 3, 11), AgeBand.YOUTH_14_17),
        (date(2008, 3, 10), AgeBand.YOUNG_ADULT_18_26),
        (date(1999, 3, 10), AgeBand.ADULT_27_64),
        (date(1961, 3, 11), AgeBand.ADULT_27_64),
        (date(1961, 3, 10), AgeBand.SENIOR_65_PLUS),
        (None, AgeBand.UNKNOWN),
    ],
)
def test_the_age_band_changes_on_the_birthday(born: date | None, band: AgeBand) -> None:
    assert age_band(born, TODAY) is band
