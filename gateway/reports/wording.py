"""The codes of the services in the words of a German report."""

from collections.abc import Mapping
from typing import Final

TOTAL: Final = "Gesamt"

FUNDING_LINES: Final[Mapping[str, str]] = {
    "B1_COORDINATION": "Baustein 1: Strategisches KIM (Koordination)",
    "B2_CASE_MANAGEMENT": "Baustein 2: Rechtskreisübergreifendes Case Management",
    "B3_FOREIGNERS_NATURALISATION": "Baustein 3: Ausländer- und Einbürgerungsbehörden",
}

COUNTED_UNITS: Final[Mapping[str, str]] = {
    "PERSON": "Personen",
    "FAMILY": "Familien",
    "CASE": "Fälle",
    "REFERRAL": "Überleitungen",
}

# Columns of the table of posts that a finding can be about.
COLUMNS: Final[Mapping[str, str]] = {
    "approved": "Spalte bewilligt",
    "filled": "Spalte besetzt",
    "reported_vacant": "Spalte unbesetzt",
}

POSTS, EUROS, DAY = "posts", "euros", "day"

# Figures behind a finding: what they are called and how they are written.
FACTS: Final[Mapping[str, tuple[str, str]]] = {
    "residual": ("ungeklärt", POSTS),
    "unoccupiedComputed": ("nicht besetzt (errechnet)", POSTS),
    "reported": ("gemeldet", POSTS),
    "computed": ("errechnet", POSTS),
    "granted": ("bewilligt", EUROS),
    "usable": ("nutzbar", EUROS),
    "unspent": ("übrig", EUROS),
    "awardedOn": ("Bescheid vom", DAY),
    "start": ("Beginn", DAY),
    "perPost": ("je Stelle", EUROS),
    "rate": ("Satz", EUROS),
    "freeFte": ("frei", POSTS),
    "freeAmount": ("frei", EUROS),
    "requested": ("beantragt", EUROS),
    "personnelGap": ("Lücke Personal", EUROS),
    "fullGap": ("Lücke gesamt", EUROS),
}
