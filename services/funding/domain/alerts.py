"""Alerts: what was found and needs a person, raised once and resolved when it is no longer so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.funding.domain.deadlines import SubjectKind
from services.funding.domain.findings import FindingCode


@dataclass(frozen=True, slots=True)
class Alert:
    """`facts` are figures and dates as text; `subject_id` is an id, or a code with its year."""

    code: FindingCode
    subject_kind: SubjectKind
    subject_id: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.code.value, self.subject_id
