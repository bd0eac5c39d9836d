"""One selection on one type, copied from a document: all of it, or what fits."""

from dataclasses import dataclass
from typing import Any

from graphql.execution.collect_fields import FieldDetails

from gateway.plans.fields import document_behind
from gateway.plans.leaves import Completion, Unfit

Selected = dict[str, list[FieldDetails]]
Step = tuple[str, str, str, Completion]
"""Name in the answer, key in a document, attribute of an object, what completes the value."""


@dataclass(frozen=True, slots=True)
class Row:
    """One selection on one type: what is copied, and what is left to graphql-core."""

    selected: Selected
    constants: dict[str, str]
    steps: tuple[Step, ...]
    rest: Selected

    def copied(self, source: Any) -> dict[str, Any]:
        """All of it, where nothing is left to graphql-core. Raises Unfit."""
        answer: dict[str, Any] = dict.fromkeys(self.selected)
        answer.update(self.constants)
        document = document_behind(source)
        if document is not None:
            get = document.get
            for name, key, _, complete in self.steps:
                answer[name] = complete(get(key))
        else:
            for name, _, attribute, complete in self.steps:
                answer[name] = complete(getattr(source, attribute, Unfit))
        return answer

    def copied_in_part(self, source: Any) -> tuple[dict[str, Any], Selected]:
        """What fits, in the order of the answer; and what graphql-core has to see, in order, too.

        Raises Unfit where the source is none to copy from.
        """
        answer: dict[str, Any] = dict.fromkeys(self.selected)
        answer.update(self.constants)
        document = document_behind(source)
        misfits: set[str] = set()
        for name, key, attribute, complete in self.steps:
            found = getattr(source, attribute, Unfit) if document is None else document.get(key)
            try:
                answer[name] = complete(found)
            except Unfit:
                misfits.add(name)
        if not misfits:
            return answer, self.rest
        left = misfits | self.rest.keys()
        return answer, {name: one for name, one in self.selected.items() if name in left}
