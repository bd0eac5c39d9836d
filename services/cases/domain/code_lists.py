"""Code lists as data: a code has a label in two languages and a time in which it may be chosen.

A record keeps the code it was given, however the list changes later; validity only limits what
may be entered on a day.
"""

from dataclasses import dataclass
from datetime import date

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class CodeUnknown(RuleViolated):
    code = "code-unknown"
    title = Text(
        de="Dieser Schlüssel steht nicht in der Codeliste.",
        en="This code is not in the code list.",
    )


class CodeNotValid(RuleViolated):
    code = "code-not-valid"
    title = Text(
        de="Dieser Schlüssel ist an diesem Tag nicht wählbar.",
        en="This code cannot be chosen on this day.",
    )


@dataclass(frozen=True, slots=True)
class Code:
    """One entry. Both dates are inclusive; None means without limit.

    `iso` is the code of an international standard beside the own one.
    """

    code: str
    label: Text
    norms: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    iso: str | None = None
    group: "Code | None" = None
    """The code of a wider list under which this one stands: picked first, for long lists."""

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class CodeList:
    """A published list. `version` changes whenever an entry does; `note` is what whoever uses it
    must know.
    """

    def __init__(
        self,
        name: str,
        version: str,
        title: Text,
        codes: tuple[Code, ...],
        *,
        note: Text | None = None,
    ) -> None:
        by_code = {code.code: code for code in codes}
        if len(by_code) != len(codes):
            raise ValueError(f"{name}: a code occurs twice.")
        self.name = name
        self.version = version
        self.title = title
        self.codes = codes
        self.note = note
        self._by_code = by_code

    @property
    def urn(self) -> str:
        return f"urn:kim:code-list:{self.name}:{self.version}"

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def entry(self, code: str) -> Code:
        """Also of a code that is no longer valid. Raises CodeUnknown."""
        if (found := self._by_code.get(code)) is None:
            raise CodeUnknown(list=self.name, value=code)
        return found

    def choose(self, code: str, on: date) -> str:
        """The code itself, if it may be entered on that day. Raises CodeUnknown, CodeNotValid."""
        if not self.entry(code).is_valid_on(on):
            raise CodeNotValid(list=self.name, value=code, on=on.isoformat())
        return code
