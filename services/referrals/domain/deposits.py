"""Who may put, change and take away which rows, as the policies of the tables themselves say.

Every table that the application may write is named here or has rules of its own in `SINGLE`.
"""

from typing import Final

from services.referrals.domain.access import PERMISSIONS, Permission
from shared.kernel.access_acts import Deposit, Doers
from shared.kernel.access_relations import Relation, Wall
from shared.kernel.text import Text

P, R = Permission, Relation
_SIDES: Final = frozenset({R.SENDER, R.RECIPIENT, R.RECIPIENT_ACCEPTED})
_UNIT: Final = frozenset({R.UNIT})
_COUNTY: Final = frozenset({R.UNIT, R.OTHER_UNIT})


def _with(reach: frozenset[Relation], *permissions: Permission) -> Doers:
    """The roles whose door leads here."""
    return {
        role.value: reach
        for role, given in PERMISSIONS.items()
        if not given.isdisjoint(permissions)
    }


def _deposit(
    text: Text, doers: Doers, kinds: str, *rights: Permission, wall: Wall = Wall.ROLE_AND_RELATION
) -> Deposit:
    return Deposit(kinds=tuple(kinds.split()), text=text, rights=rights, wall=wall, writers=doers)


DEPOSITS: Final[tuple[Deposit, ...]] = (
    _deposit(
        Text("Inhalt, Vorschläge, Uhren", "content, proposals, clocks"),
        _with(_SIDES, P.SEND, P.RECEIVE),
        "clock_pause counter_proposal disclosure notice recipient_record referral_amendment"
        " referral_content referral_place sender_record",
        *(P.SEND, P.RECEIVE),
    ),
    _deposit(
        Text("Zusteuerung, ihr Verlauf", "referral, its course"),
        _with(_SIDES, P.SEND, P.RECEIVE, P.ASSIGN, P.DECIDE_DISCLOSURE),
        "referral referral_event",
        *(P.SEND, P.RECEIVE, P.ASSIGN, P.DECIDE_DISCLOSURE),
    ),
    _deposit(
        Text("Widerrufe, Verweise, Kennzeichen", "revocations, signpostings, identifiers"),
        _with(_UNIT, P.SEND, P.SIGNPOST),
        "consent_revocation external_id signposting",
        *(P.SEND, P.SIGNPOST),
        wall=Wall.RELATION,
    ),
    _deposit(
        Text("Vertretungen", "deputyships"),
        _with(_UNIT, P.RECEIVE),
        "deputyship",
        P.RECEIVE,
        wall=Wall.RELATION,
    ),
    _deposit(
        Text("Verzeichnis der Stellen", "directory of the units"),
        _with(_COUNTY, P.WRITE_DIRECTORY),
        "org_unit",
        P.WRITE_DIRECTORY,
    ),
    _deposit(
        Text("Angebote und Plätze", "services and places"),
        {**_with(_UNIT, P.OFFER), **_with(_COUNTY, P.WRITE_DIRECTORY)},
        "unit_service",
        *(P.OFFER, P.WRITE_DIRECTORY),
    ),
    _deposit(
        Text("Zuordnungsregeln, Fristen", "routing rules, terms"),
        _with(_COUNTY, P.WRITE_ROUTING),
        "clock_policy routing_rule_set",
        P.WRITE_ROUTING,
    ),
    _deposit(
        Text("Webhooks der Stelle", "webhooks of the unit"),
        _with(_UNIT, P.MANAGE_WEBHOOKS),
        "webhook_endpoint",
        P.MANAGE_WEBHOOKS,
    ),
)
# Rows whose policy asks for more than the caller's side: whose own they are, what they say, or
# what stands elsewhere. Their own tests ask them.
SINGLE: Final = frozenset(
    {"access_link", "attachment", "disclosure_decision", "encrypted_content", "unit_key", "job"}
    | {"idempotency_key", "referral_message"}
)
# Written in passing by whoever does something, or by the worker; they open nothing.
TRACES: Final = frozenset(
    {"consumed_event", "key_removal", "object_removal", "outbox_message", "partner_request"}
    | {"webhook_attempt", "webhook_delivery"}
)
