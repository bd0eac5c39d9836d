"""The indication checklist: why case management, and not ordinary counselling.

Five criteria of practice: complex need, several providers, standard paths fail, own resources
do not suffice, the client agrees. All five are documented before a case opens; what they say
together is the judgement of the case manager, who gives it in words (R-S3-8).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.kernel.text import Text

PROBLEM_AREAS_FOR_COMPLEX_NEED: Final = 3


class IndicationCriterion(StrEnum):
    COMPLEX_NEED = "COMPLEX_NEED"
    SEVERAL_PROVIDERS = "SEVERAL_PROVIDERS"
    STANDARD_PATHS_FAIL = "STANDARD_PATHS_FAIL"
    LACK_OF_OWN_RESOURCES = "LACK_OF_OWN_RESOURCES"
    CLIENT_AGREES = "CLIENT_AGREES"


CRITERION_LABELS: Final = {
    IndicationCriterion.COMPLEX_NEED: Text(
        de="Komplexer Bedarf (mindestens drei Problembereiche)",
        en="Complex need (at least three problem areas)",
    ),
    IndicationCriterion.SEVERAL_PROVIDERS: Text(
        de="Mehrere Leistungsträger oder Anbieter beteiligt", en="Several providers involved"
    ),
    IndicationCriterion.STANDARD_PATHS_FAIL: Text(
        de="Regelwege reichen nicht aus", en="Standard paths do not suffice"
    ),
    IndicationCriterion.LACK_OF_OWN_RESOURCES: Text(
        de="Eigene Ressourcen reichen nicht aus", en="Own resources do not suffice"
    ),
    IndicationCriterion.CLIENT_AGREES: Text(
        de="Die ratsuchende Person ist einverstanden", en="The client agrees"
    ),
}


@dataclass(frozen=True, slots=True)
class IndicationChecklist:
    """The answers so far; None means not yet documented."""

    problem_areas: int | None = None
    has_several_providers: bool | None = None
    do_standard_paths_fail: bool | None = None
    lacks_own_resources: bool | None = None
    does_client_agree: bool | None = None
    judgement: str = ""

    @property
    def answers(self) -> dict[IndicationCriterion, bool | None]:
        areas = self.problem_areas
        is_complex = None if areas is None else areas >= PROBLEM_AREAS_FOR_COMPLEX_NEED
        return {
            IndicationCriterion.COMPLEX_NEED: is_complex,
            IndicationCriterion.SEVERAL_PROVIDERS: self.has_several_providers,
            IndicationCriterion.STANDARD_PATHS_FAIL: self.do_standard_paths_fail,
            IndicationCriterion.LACK_OF_OWN_RESOURCES: self.lacks_own_resources,
            IndicationCriterion.CLIENT_AGREES: self.does_client_agree,
        }

    @property
    def open_criteria(self) -> tuple[IndicationCriterion, ...]:
        return tuple(key for key, answer in self.answers.items() if answer is None)

    @property
    def is_complete(self) -> bool:
        """All five documented, the judgement given, and the client agrees: without the client's
        own will there is no case management, whatever the legal basis of processing.
        """
        return (
            not self.open_criteria
            and bool(self.judgement.strip())
            and self.does_client_agree is True
        )

    @property
    def met(self) -> int:
        return sum(answer is True for answer in self.answers.values())
