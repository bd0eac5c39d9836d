"""Code lists, eligible costs and the audit log: the published shape of answers."""

from shared.web.fields import ResponseModel


class LabelView(ResponseModel):
    de: str
    en: str


class CodeView(ResponseModel):
    code: str
    label: LabelView


class CodeListView(ResponseModel):
    name: str
    version: str
    urn: str
    codes: list[CodeView]


class CodeListNames(ResponseModel):
    items: list[str]


class CostKindView(ResponseModel):
    """`eligibility` by funding line: ELIGIBLE, NOT_ELIGIBLE, or UNKNOWN (a person decides)."""

    code: str
    label: LabelView
    eligibility: dict[str, str]


class EligibilityTable(ResponseModel):
    items: list[CostKindView]
