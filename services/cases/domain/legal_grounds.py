"""Statutory grounds of a disclosure, as dated data with their source.

A ground is named by a person and only recorded; which one carries a disclosure is a question of
law. A date is given only where the act that brought the rule names it; where none stands, the list
says nothing about time.
"""

from datetime import date
from typing import Final

from services.cases.domain.code_lists import Code, CodeList
from services.cases.domain.conferences import StatutoryGround
from shared.kernel.text import Text

VERSION: Final = "2026-1"
LAWYER_MUST_CONFIRM: Final = Text(
    de="Zeiträume und Anwendungsbereich sind nicht juristisch geprüft; vor dem Einsatz muss eine "
    "Juristin oder ein Jurist der Stelle sie bestätigen.",
    en="Periods and scope have not been checked by a lawyer; a lawyer of the body must confirm "
    "them before use.",
)
_G = StatutoryGround
# Zuwanderungsgesetz of 30.07.2004 (BGBl. I S. 1950); Bundeskinderschutzgesetz of 22.12.2011
# (BGBl. I S. 2975).
_AUFENTHG_SINCE: Final = date(2005, 1, 1)
_KKG_SINCE: Final = date(2012, 1, 1)


def _code(
    ground: StatutoryGround, de: str, en: str, norm: str, valid_from: date | None = None
) -> Code:
    return Code(ground.value, Text(de=de, en=en), (norm,), valid_from)


STATUTORY_GROUNDS: Final = CodeList(
    "statutory-grounds",
    VERSION,
    Text(de="Gesetzliche Übermittlungsbefugnisse", en="Statutory grounds of disclosure"),
    (
        _code(_G.SGB_X_69, "Erfüllung sozialer Aufgaben", "Social tasks", "§ 69 SGB X"),
        _code(
            _G.SGB_VIII_64,
            "Zweck der Erhebung in der Jugendhilfe", "Purpose of collection in youth welfare",
            "§ 64 SGB VIII",
        ),
        _code(
            _G.KKG_4,
            "Kindeswohl: Beratung und Mitteilung", "Welfare of a child: advice and information",
            "§ 4 KKG", _KKG_SINCE,
        ),
        _code(
            _G.SGB_X_71_2,
            "Mitteilungspflichten im Ausländerrecht", "Duties to report in residence law",
            "§ 71 Abs. 2 SGB X",
        ),
        _code(
            _G.AUFENTHG_87_1,
            "Auskunft auf Ersuchen der Ausländerbehörde", "On request of the foreigners' authority",
            "§ 87 Abs. 1 AufenthG", _AUFENTHG_SINCE,
        ),
        _code(
            _G.STAG_32_1,
            "Auskunft an die Staatsangehörigkeitsbehörde", "To the naturalisation authority",
            "§ 32 Abs. 1 StAG",
        ),
    ),
    note=LAWYER_MUST_CONFIRM,
)  # fmt: skip
