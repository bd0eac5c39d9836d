"""Who may do what with the county's funding: the whole table, as the documents show it."""

from collections.abc import Mapping
from typing import Final

from services.funding.domain.access import RIGHTS, Right, Role
from services.funding.domain.access_basis import COUNTY, VV_44
from services.funding.domain.access_rules import FUNDING_RULES
from services.funding.domain.acts import ACTS
from services.funding.domain.deposits import DEPOSITS
from shared.kernel.access_table import AccessTable, Reach, Wall
from shared.kernel.text import Text

_READERS: Final = {
    role.value: COUNTY for role, rights in RIGHTS.items() if Right.READ_FUNDING in rights
}


def _of_the_county(kind: str, text: Text) -> Reach:
    return Reach(kind=kind, text=text, basis=VV_44, wall=Wall.RELATION, readers=_READERS)


REACHES: Final[tuple[Reach, ...]] = (
    _of_the_county("award", Text(de="Zuwendungsbescheid", en="award")),
    _of_the_county("allocation", Text(de="Weiterleitung", en="allocation")),
    _of_the_county("position", Text(de="Stelle", en="position")),
    _of_the_county("expenditure", Text(de="Ausgabe", en="expenditure")),
    _of_the_county("payment", Text(de="Zahlung", en="payment")),
    _of_the_county("proof", Text(de="Verwendungsnachweis", en="proof of use")),
    Reach(
        kind="audit_entry",
        text=Text(de="Protokoll", en="audit log"),
        basis=Text(de="Art. 39 DSGVO", en="Art. 39 GDPR"),
        wall=Wall.ROLE_AND_RELATION,
        readers={Role.DPO.value: COUNTY},
    ),
)
WORDS: Final[Mapping[Right, Text]] = {
    Right.READ_FUNDING: Text(de="Förderung lesen", en="read funding"),
    Right.RECORD_FUNDING: Text(de="Förderung erfassen", en="record funding"),
    Right.DELIVER_FUNDING: Text(
        de="Aus dem Finanzverfahren liefern", en="deliver from finance software"
    ),
    Right.RELEASE_FUNDING: Text(de="Freigeben (vier Augen)", en="release (four eyes)"),
    Right.READ_AUDIT: Text(de="Protokoll lesen", en="read the audit log"),
    Right.CONFIRM_PAYMENTS: Text(de="Zahlungen bestätigen", en="confirm payments"),
    Right.EXPORT_FINANCE: Text(de="An die Kasse ausgeben", en="export to finance"),
    Right.SIGN_PROOF: Text(de="Nachweis unterschreiben", en="sign a proof"),
    Right.FOLLOW: Text(de="Ereignisse abrufen", en="follow events"),
    Right.MANAGE_WEBHOOKS: Text(de="Webhooks verwalten", en="manage webhooks"),
    Right.READ_REQUEST_LOG: Text(de="Anfragen der Systeme sehen", en="read the request log"),
    Right.EXPORT: Text(de="Listen ausgeben", en="export lists"),
}
TABLE: Final = AccessTable(
    service="funding",
    text=Text(de="Förderung", en="Funding"),
    rights=RIGHTS,
    words=WORDS,
    reaches=REACHES,
    acts=ACTS,
    deposits=DEPOSITS,
    fields={"award": FUNDING_RULES, "allocation": FUNDING_RULES},
)
