"""Who may do what with referrals: the whole table, as the documents show it."""

from collections.abc import Mapping
from typing import Final

from services.referrals.domain.access import PERMISSIONS, Permission, Role
from services.referrals.domain.access_rules import DISCLOSURE, PREVIEW, REFERRAL_RULES
from services.referrals.domain.acts import ACTS
from services.referrals.domain.deposits import DEPOSITS
from shared.kernel.access_table import AccessTable, Reach, Relation, Wall
from shared.kernel.text import Text

_R = Relation
_SENDS: Final = frozenset({_R.SENDER})
_RECEIVES: Final = frozenset({_R.RECIPIENT, _R.RECIPIENT_ACCEPTED})


def _sides(recipient: frozenset[Relation]) -> Mapping[str, frozenset[Relation]]:
    """Each side for the roles whose permissions open its door."""
    found: dict[str, frozenset[Relation]] = {}
    for role, permitted in PERMISSIONS.items():
        relations = frozenset[Relation]()
        if Permission.SEND in permitted:
            relations |= _SENDS
        if Permission.RECEIVE in permitted:
            relations |= recipient
        if relations:
            found[role.value] = relations
    return found


REACHES: Final[tuple[Reach, ...]] = (
    Reach(
        kind="referral",
        text=Text(de="Zusteuerung (Vorschau ohne Namen)", en="referral (preview without names)"),
        basis=PREVIEW,
        wall=Wall.RELATION,
        readers=_sides(_RECEIVES),
    ),
    Reach(
        kind="referral_content",
        confidentiality="CONTENT",
        text=Text(de="Inhalt der Zusteuerung", en="content of a referral"),
        basis=DISCLOSURE,
        wall=Wall.ROLE_AND_RELATION,
        readers=_sides(frozenset({_R.RECIPIENT_ACCEPTED})),
    ),
    Reach(
        kind="audit_entry",
        text=Text(de="Protokoll", en="audit log"),
        basis=Text(de="Art. 39 DSGVO", en="Art. 39 GDPR"),
        wall=Wall.ROLE_AND_RELATION,
        readers={
            Role.DPO.value: frozenset({_R.OTHER_UNIT, _R.UNIT, _R.RECIPIENT, _R.SENDER})
            | {_R.RECIPIENT_ACCEPTED}
        },
    ),
)
WORDS: Final[Mapping[Permission, Text]] = {
    Permission.SEND: Text(de="Zusteuern", en="send referrals"),
    Permission.RECEIVE: Text(de="Zusteuerungen annehmen", en="receive referrals"),
    Permission.FOLLOW: Text(de="Ereignisse abrufen", en="follow events"),
    Permission.SIGNPOST: Text(de="Verweisen", en="signpost"),
    Permission.ASSIGN: Text(de="Ohne Regel zuordnen", en="assign where no rule could"),
    Permission.READ_DIRECTORY: Text(de="Stellenverzeichnis lesen", en="read the directory"),
    Permission.WRITE_DIRECTORY: Text(de="Stellenverzeichnis führen", en="keep the directory"),
    Permission.WRITE_ROUTING: Text(de="Zuordnungsregeln führen", en="keep routing rules"),
    Permission.OFFER: Text(de="Plätze und Zeiten angeben", en="say what can be taken on"),
    Permission.READ_AUDIT: Text(de="Protokoll lesen", en="read the audit log"),
    Permission.DECIDE_DISCLOSURE: Text(
        de="Über Offenlegung an ABH, EBH entscheiden", en="decide disclosure to ABH, EBH"
    ),
    Permission.MANAGE_WEBHOOKS: Text(de="Webhooks verwalten", en="manage webhooks"),
    Permission.MANAGE_KEYS: Text(de="Schlüssel der Stelle verwalten", en="manage keys"),
    Permission.READ_REQUEST_LOG: Text(de="Anfragen der Systeme sehen", en="read the request log"),
    Permission.READ_STATISTICS: Text(de="Zahlen lesen", en="read statistics"),
    Permission.EXPORT: Text(de="Listen ausgeben", en="export lists"),
}
TABLE: Final = AccessTable(
    service="referrals",
    text=Text(de="Zusteuerungen", en="Referrals"),
    rights=PERMISSIONS,
    words=WORDS,
    reaches=REACHES,
    acts=ACTS,
    deposits=DEPOSITS,
    fields={"referral": REFERRAL_RULES},
)
