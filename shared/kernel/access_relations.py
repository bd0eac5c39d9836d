"""What a caller has to do with a record, in one vocabulary for all tables of access."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.kernel.text import Text


class Relation(StrEnum):
    """What a caller has to do with a record."""

    IN_CHARGE = "IN_CHARGE"
    DEPUTY = "DEPUTY"
    EMERGENCY = "EMERGENCY"
    OWNER = "OWNER"
    AUTHOR = "AUTHOR"
    REVIEWER = "REVIEWER"
    PRINCIPAL = "PRINCIPAL"
    CONCERNED = "CONCERNED"
    RECEIVER = "RECEIVER"
    UNIT = "UNIT"
    SENDER = "SENDER"
    RECIPIENT = "RECIPIENT"
    RECIPIENT_ACCEPTED = "RECIPIENT_ACCEPTED"
    OTHER_UNIT = "OTHER_UNIT"
    OTHER_TENANT = "OTHER_TENANT"


class Wall(StrEnum):
    """Which wall stands below the doors for this record."""

    ROLE_AND_RELATION = "ROLE_AND_RELATION"
    """The policy of the table asks for both."""
    RELATION = "RELATION"
    """The policy asks for tenant, unit or side; the role is asked at the door."""


RELATION_WORDS: Final[Mapping[Relation, Text]] = {
    Relation.IN_CHARGE: Text(de="führt den Fall", en="in charge of the case"),
    Relation.DEPUTY: Text(de="vertritt heute", en="deputy today"),
    Relation.EMERGENCY: Text(de="Notfallzugriff läuft", en="emergency access running"),
    Relation.OWNER: Text(de="hat es geschrieben", en="wrote it"),
    Relation.AUTHOR: Text(de="hat es erfasst", en="recorded it"),
    Relation.REVIEWER: Text(de="hat es geprüft", en="reviewed it"),
    Relation.PRINCIPAL: Text(de="wird vertreten", en="is represented"),
    Relation.CONCERNED: Text(de="ist selbst gemeint", en="is meant themselves"),
    Relation.RECEIVER: Text(de="hat es weitergegeben bekommen", en="was handed it on"),
    Relation.UNIT: Text(de="dieselbe Stelle", en="same unit"),
    Relation.SENDER: Text(de="sendende Stelle", en="sending unit"),
    Relation.RECIPIENT: Text(de="empfangende Stelle", en="receiving unit"),
    Relation.RECIPIENT_ACCEPTED: Text(
        de="empfangende Stelle nach Annahme", en="receiving unit after accepting"
    ),
    Relation.OTHER_UNIT: Text(de="andere Stelle des Kreises", en="other unit of the county"),
    Relation.OTHER_TENANT: Text(de="anderer Kreis", en="other county"),
}
