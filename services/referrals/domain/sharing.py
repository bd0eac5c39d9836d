"""What may be disclosed: the content's parts, the preview, and who sees which of them when.

Before acceptance the recipient sees a preview that names nobody; after it the content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.referrals.domain.catalogue import Service
from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    ReferralState,
)

PREVIEW_FIELDS: Final = (
    "serviceCode",
    "topic",
    "urgency",
    "language",
    "interpreterNeeded",
    "municipalityAgs",
    "ageBand",
    "senderUnit",
)
"""All that the recipient learns about the person before it accepts."""

ANONYMOUS_CATEGORIES: Final = frozenset(
    {DataCategory.NEED, DataCategory.LANGUAGES, DataCategory.EDUCATION_WORK}
)
"""All that an anonymous consultation may say."""

REQUIRED_CATEGORIES: Final = frozenset({DataCategory.IDENTITY, DataCategory.LANGUAGES})
"""A name or pseudonym and a language: the least a recipient needs to make contact."""

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadFacts:
    """What the rules need to know of the content without reading it.

    `fields` are dotted paths such as `identity.familyName`; `disputed` those of them whose
    correctness the person disputes, § 84 (2) SGB X; `secret` the parts under § 203 StGB or
    § 65 SGB VIII; `summaries` the free texts, for an anonymous consultation.
    """

    categories: frozenset[DataCategory]
    fields: frozenset[str]
    disputed: frozenset[str] = frozenset()
    secret: frozenset[DataCategory] = frozenset()
    summaries: tuple[str, ...] = ()
    is_sealed: bool = False
    """The sender's word only: nobody here can look into it."""

    @classmethod
    def of(
        cls,
        content: Content,
        *,
        disputed: frozenset[str] = frozenset(),
        secret: frozenset[DataCategory] = frozenset(),
        attached: frozenset[DataCategory] = frozenset(),
    ) -> "PayloadFacts":
        """`attached` are the categories of the files: each is a field `attachments.<category>`.

        Raises ValueError when the content has a part that is no data category.
        """
        present = frozenset(DataCategory(part) for part, value in content.items() if value)
        return cls(
            categories=present | attached,
            fields=frozenset(_paths(content))
            | {f"attachments.{category.value}" for category in attached},
            disputed=disputed,
            secret=secret,
            summaries=tuple(
                part["summary"] for part in content.values() if part and part.get("summary")
            ),
        )

    def beyond(self, service: Service) -> frozenset[DataCategory]:
        """Categories that the service has no need of."""
        return self.categories - service.categories

    @property
    def is_complete(self) -> bool:
        return self.categories >= REQUIRED_CATEGORIES

    @property
    def has_only_known_disputes(self) -> bool:
        """Whether every disputed field is really sent, so that its note travels with it."""
        return self.disputed <= self.fields

    @property
    def has_only_present_secrets(self) -> bool:
        return self.secret <= self.categories


def _paths(part: Content, prefix: str = "") -> Iterator[str]:
    for key, value in part.items():
        if value is None or value in ("", [], {}):
            continue
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _paths(value, f"{path}.")
        else:
            yield path


KEEPS_CONTENT: Final[Mapping[ReferralState, bool]] = {
    ReferralState.DRAFT: True,
    ReferralState.READY: True,
    ReferralState.SUBMITTED: True,
    ReferralState.DELIVERED: True,
    ReferralState.IN_REVIEW: True,
    ReferralState.FORWARDED: True,
    ReferralState.ACCEPTED: True,
    ReferralState.IN_SERVICE: True,
    ReferralState.COMPLETED: True,
    ReferralState.RETURNED: True,
    # The sender corrects and sends again without asking the person twice, within a window.
    ReferralState.REJECTED: True,
    ReferralState.EXPIRED: False,
    ReferralState.WITHDRAWN: False,
}
"""Whether the content outlives the arrival in a state; where not, it is deleted with the move."""


def age_band(birth_year_and_day: date | None, on: date) -> AgeBand:
    """The band of an age; UNKNOWN without a date of birth."""
    if birth_year_and_day is None:
        return AgeBand.UNKNOWN
    born = birth_year_and_day
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for limit, band in _BANDS:
        if age < limit:
            return band
    return AgeBand.SENIOR_65_PLUS


_BANDS: Final = (
    (14, AgeBand.CHILD_0_13),
    (18, AgeBand.YOUTH_14_17),
    (27, AgeBand.YOUNG_ADULT_18_26),
    (65, AgeBand.ADULT_27_64),
)
