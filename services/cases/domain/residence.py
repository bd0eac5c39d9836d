"""The paragraphs behind the residence groups, as a code list with validity.

The group comes first and is enough for nearly everything; a paragraph is recorded only where a
person named what it is needed for. "No title" has no code here either (R-A3). A paragraph that
has become history keeps its code: only its choice on a later day is refused.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from services.cases.domain.code_lists import Code, CodeList
from services.cases.domain.codes import RESIDENCE_GROUPS, VERSION
from services.cases.domain.legal_grounds import LAWYER_MUST_CONFIRM
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class ParagraphNeed(StrEnum):
    """What a paragraph is needed for; without one of these the group is enough."""

    RIGHT_TO_STAY = "RIGHT_TO_STAY"
    NATURALISATION = "NATURALISATION"
    COURSE_ACCESS = "COURSE_ACCESS"
    WORK_ACCESS = "WORK_ACCESS"
    BENEFIT_ACCESS = "BENEFIT_ACCESS"


class ParagraphNotOfGroup(RuleViolated):
    code = "paragraph-not-of-group"
    title = Text(
        de="Dieser Paragraf gehört nicht zu dieser Aufenthaltsgruppe.",
        en="This paragraph does not belong to this residence group.",
    )


class ParagraphNeedMissing(RuleViolated):
    code = "paragraph-need-missing"
    title = Text(
        de="Ein Paragraf wird nur erfasst, wenn gesagt ist, wofür er gebraucht wird.",
        en="A paragraph is recorded only together with what it is needed for.",
    )


_GROUP_OF: Final[dict[str, str]] = {
    "ASYLG_55": "ASYLUM_PENDING",
    "ASYLG_63A": "ASYLUM_PENDING",
    "AUFENTHG_60A": "TOLERATED",
    "AUFENTHG_60B": "TOLERATED",
    "AUFENTHG_60C": "TOLERATED",
    "AUFENTHG_60D": "TOLERATED",
    "AUFENTHG_24": "TEMP_PROTECTION",
    "AUFENTHG_81_5": "TEMP_PROTECTION",
    "AUFENTHG_25_1": "PROTECTION",
    "AUFENTHG_25_2": "PROTECTION",
    "AUFENTHG_25_3": "PROTECTION",
    "AUFENTHG_22": "HUMANITARIAN_OTHER",
    "AUFENTHG_23": "HUMANITARIAN_OTHER",
    "AUFENTHG_23A": "HUMANITARIAN_OTHER",
    "AUFENTHG_25_5": "HUMANITARIAN_OTHER",
    "AUFENTHG_25A": "INTEGRATION_BASED",
    "AUFENTHG_25B": "INTEGRATION_BASED",
    "AUFENTHG_104C": "INTEGRATION_BASED",
    "AUFENTHG_19D": "INTEGRATION_BASED",
}
# § 104c AufenthG was a way in for three years; since then it is history (versioned list, H15).
# Source: Gesetz zur Einführung eines Chancen-Aufenthaltsrechts of 21.12.2022 (BGBl. I S. 2847).
_VALIDITY: Final[dict[str, tuple[date, date]]] = {
    "AUFENTHG_104C": (date(2022, 12, 31), date(2025, 12, 31)),
}
_LAWS: Final = {"ASYLG": "AsylG", "AUFENTHG": "AufenthG"}


def _entry(code: str) -> Code:
    law, section, *paragraph = code.split("_")
    norm = f"§ {section.lower()}{''.join(f' Abs. {one}' for one in paragraph)} {_LAWS[law]}"
    valid_from, valid_to = _VALIDITY.get(code, (None, None))
    group = RESIDENCE_GROUPS.entry(_GROUP_OF[code])
    return Code(
        code, Text(de=norm, en=norm), (norm,), valid_from=valid_from, valid_to=valid_to, group=group
    )


RESIDENCE_PARAGRAPHS: Final = CodeList(
    "residence-paragraphs",
    VERSION,
    Text(de="Paragrafen der Aufenthaltsgruppen", en="Paragraphs of the residence groups"),
    tuple(_entry(code) for code in _GROUP_OF),
    note=LAWYER_MUST_CONFIRM,
)


def choose_residence(
    group: str, paragraph: str | None, need: ParagraphNeed | None, on: date
) -> None:
    """Check a residence status as of the day from which it is to hold.

    Raises CodeUnknown, CodeNotValid, ParagraphNotOfGroup, ParagraphNeedMissing.
    """
    RESIDENCE_GROUPS.choose(group, on)
    if paragraph is None:
        return
    RESIDENCE_PARAGRAPHS.choose(paragraph, on)
    if _GROUP_OF[paragraph] != group:
        raise ParagraphNotOfGroup(group=group, paragraph=paragraph)
    if need is None:
        raise ParagraphNeedMissing
