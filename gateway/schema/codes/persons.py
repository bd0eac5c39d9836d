"""Codes of persons, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Kind of a way of contact.", "Art eines Kontaktwegs."))
class PersonContactKind(Enum):
    PHONE = code("PHONE", "Phone", "Telefon")
    MOBILE = code("MOBILE", "Mobile phone", "Mobiltelefon")
    EMAIL = code("EMAIL", "E-mail", "E-Mail")
    MESSENGER = code("MESSENGER", "Messenger", "Messenger")
    OTHER = code("OTHER", "Other", "Sonstiges")


@strawberry.enum(description=both("How interpreting is needed.", "Wie gedolmetscht werden muss."))
class Interpreting(Enum):
    PERSON = code("PERSON", "In person", "Vor Ort")
    PHONE = code("PHONE", "By phone", "Am Telefon")
    VIDEO = code("VIDEO", "By video", "Per Video")
    WRITTEN = code("WRITTEN", "In writing", "Schriftlich")


@strawberry.enum(
    description=both("Which script a person reads.", "Welche Schrift eine Person liest.")
)
class Literacy(Enum):
    NOT_RECORDED = code("NOT_RECORDED", "Not recorded", "Nicht erhoben")
    LATIN_SCRIPT = code("LATIN_SCRIPT", "Latin script", "Lateinische Schrift")
    OTHER_SCRIPT = code("OTHER_SCRIPT", "Another script", "Eine andere Schrift")
    NOT_LITERATE = code("NOT_LITERATE", "None", "Keine")


@strawberry.enum(
    description=both("Kind of legal representation.", "Art der gesetzlichen Vertretung.")
)
class RepresentativeKind(Enum):
    PARENT = code("PARENT", "Parent", "Elternteil")
    GUARDIAN = code("GUARDIAN", "Guardian", "Vormund")
    OFFICIAL_GUARDIAN = code("OFFICIAL_GUARDIAN", "Official guardian (Jugendamt)", "Amtsvormund")
    CUSTODIAN = code("CUSTODIAN", "Legal custodian of an adult", "Rechtliche Betreuung")


@strawberry.enum(
    description=both(
        "Why two records look like one person.", "Warum zwei Datensätze nach einer Person aussehen."
    )
)
class PersonMatch(Enum):
    SAME_NAME = code("SAME_NAME", "Same name", "Gleicher Name")
    SIMILAR_NAME = code("SIMILAR_NAME", "Similar name", "Ähnlicher Name")
    SOUNDS_ALIKE = code("SOUNDS_ALIKE", "Sounds alike", "Klingt gleich")
    SAME_CONSONANTS = code("SAME_CONSONANTS", "Same consonants", "Gleiche Konsonanten")
    SAME_ORIGINAL_NAME = code(
        "SAME_ORIGINAL_NAME",
        "Same name in the original script",
        "Gleicher Name in der ursprünglichen Schrift",
    )
    SAME_BIRTH_DATE = code("SAME_BIRTH_DATE", "Same date of birth", "Gleiches Geburtsdatum")
    BIRTH_DATE_FITS = code(
        "BIRTH_DATE_FITS",
        "Dates of birth do not contradict",
        "Geburtsdaten widersprechen sich nicht",
    )


@strawberry.enum(
    description=both(
        "Why somebody sees the whereabouts of a restricted person (§ 51 BMG).",
        "Warum jemand den Aufenthalt einer Person mit Auskunftssperre sieht (§ 51 BMG).",
    )
)
class ReleaseBasis(Enum):
    IN_CHARGE = code("IN_CHARGE", "Holds a case of the person", "Führt einen Fall der Person")
    RELEASED = code("RELEASED", "Was released", "Wurde freigegeben")


@strawberry.enum(
    description=both("What can be done with a record.", "Was mit einem Datensatz möglich ist.")
)
class PersonAction(Enum):
    EDIT = code("edit", "Change the particulars", "Angaben ändern")
    KEEP_WHEREABOUTS = code(
        "keep-whereabouts",
        "Change ways of contact, addresses and representatives",
        "Kontaktwege, Anschriften und Vertretung ändern",
    )
    RESTRICT = code("restrict", "Restrict", "Auskunftssperre setzen")
    LIFT_RESTRICTION = code("lift-restriction", "Lift the restriction", "Auskunftssperre aufheben")
    MERGE = code("merge", "Merge with a duplicate", "Mit einer Dublette zusammenführen")
    UNMERGE = code("unmerge", "Undo a merge", "Zusammenführung aufheben")
