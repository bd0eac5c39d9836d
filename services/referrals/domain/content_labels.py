"""What the fields of a referral's content are called, for people who read it on a page."""

from collections.abc import Mapping
from typing import Final

from shared.kernel.text import Text

MEMBERS: Final[Mapping[str, Text]] = {
    "identity.familyName": Text("Familienname", "Family name"),
    "identity.givenNames": Text("Vornamen", "Given names"),
    "identity.pseudonym": Text("Pseudonym", "Pseudonym"),
    "identity.birthDate": Text("Geburtsdatum", "Date of birth"),
    "identity.birthDatePrecision": Text("Genauigkeit des Geburtsdatums", "Precision of that date"),
    "identity.nationalities": Text(
        "Staatsangehörigkeiten (amtlicher Schlüssel)", "Nationalities (official key)"
    ),
    "contact.phone": Text("Telefon", "Telephone"),
    "contact.email": Text("E-Mail", "E-mail"),
    "contact.preferredWay": Text("Am besten erreichbar", "Best way to reach"),
    "address.street": Text("Straße", "Street"),
    "address.houseNumber": Text("Hausnummer", "House number"),
    "address.postalCode": Text("Postleitzahl", "Postal code"),
    "address.town": Text("Ort", "Town"),
    "languages.spoken": Text("Gesprochene Sprachen (ISO 639-3)", "Spoken languages (ISO 639-3)"),
    "languages.germanLevel": Text("Deutschkenntnisse", "Level of German"),
    "family.adults": Text("Erwachsene", "Adults"),
    "family.children": Text("Kinder", "Children"),
    "family.note": Text("Hinweis zur Familie", "Note on the family"),
    "need.summary": Text("Anliegen", "Need"),
    "need.topics": Text("Themen", "Topics"),
    "residence.group": Text("Aufenthaltsgruppe", "Residence group"),
    "residence.matter": Text("Worum es geht", "Matter"),
    "educationWork.summary": Text("Bildung und Arbeit", "Education and work"),
    "benefits.legalCircles": Text("Rechtskreise", "Branches of social law"),
    "benefits.note": Text("Hinweis zu Leistungen", "Note on benefits"),
    "health.summary": Text("Gesundheit", "Health"),
}

PRECISIONS: Final[Mapping[str, Text]] = {
    "DAY": Text("auf den Tag", "to the day"),
    "MONTH": Text("nur Monat und Jahr", "month and year only"),
    "YEAR": Text("nur das Jahr", "year only"),
}

RESIDENCE_GROUPS: Final[Mapping[str, Text]] = {
    "EU_FREEDOM": Text("Freizügigkeit (EU)", "Freedom of movement (EU)"),
    "ASYLUM_PENDING": Text("Asylverfahren läuft", "Asylum procedure pending"),
    "TOLERATED": Text("Duldung", "Tolerated stay"),
    "TEMP_PROTECTION": Text("Vorübergehender Schutz", "Temporary protection"),
    "PROTECTION": Text("Schutzberechtigt", "Protection granted"),
    "HUMANITARIAN_OTHER": Text("Humanitär, sonstig", "Humanitarian, other"),
    "INTEGRATION_BASED": Text("Aufgrund von Integration", "Based on integration"),
    "EDUCATION": Text("Ausbildung und Studium", "Education"),
    "WORK": Text("Erwerbstätigkeit", "Work"),
    "FAMILY": Text("Familie", "Family"),
    "PERMANENT": Text("Unbefristet", "Permanent"),
    "NATURALISED": Text("Eingebürgert", "Naturalised"),
    "LATE_RESETTLER": Text("Spätaussiedlung", "Late resettler"),
    "OTHER_UNKNOWN": Text("Anderes oder unbekannt", "Other or unknown"),
}
