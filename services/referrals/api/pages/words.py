"""What the pages say, in German and English."""

from typing import Final

from services.referrals.domain.codes import ReferralAction
from shared.kernel.text import Text

PRODUCT: Final = Text("Kommunales Integrationsmanagement", "Municipal integration management (KIM)")
TO_CONTENT: Final = Text("Zum Inhalt", "Skip to content")
ERROR: Final = Text("Fehler", "Error")
SUMMARY: Final = Text("Das hat nicht geklappt", "There is a problem")

WELCOME: Final = Text("Eine Zusteuerung für Ihre Stelle", "A referral for your agency")
WELCOME_TEXT: Final = Text(
    "Eine andere Stelle möchte Ihnen eine Person zusteuern. Dieser Link lässt sich nur einmal"
    " öffnen. Danach haben Sie 30 Minuten Zeit, die Zusteuerung zu lesen und zu beantworten.",
    "Another agency wants to refer a person to you. This link can be opened only once. You then"
    " have 30 minutes to read the referral and to answer it.",
)
OPEN: Final = Text("Zusteuerung öffnen", "Open the referral")
SHUT: Final = Text("Dieser Link lässt sich nicht öffnen", "This link cannot be opened")
SHUT_TEXT: Final = Text(
    "Bitten Sie die Stelle, von der Sie den Link haben, um einen neuen.",
    "Ask the agency that sent you the link for a new one.",
)
UNKNOWN: Final = Text(
    "Der Link ist unvollständig oder unbekannt. Prüfen Sie, ob Sie ihn ganz übernommen haben.",
    "The link is incomplete or unknown. Check that you have copied all of it.",
)
NO_SESSION: Final = Text(
    "Ihre Sitzung ist beendet oder der Link gilt nicht mehr.",
    "Your session has ended or the link is over.",
)

REFERRAL: Final = Text("Zusteuerung", "Referral")
FROM: Final = Text("Von", "From")
STATE: Final = Text("Stand", "State")
MODE: Final = Text("Art", "Kind")
TOPIC: Final = Text("Thema", "Topic")
PURPOSE: Final = Text("Zweck", "Purpose")
URGENCY: Final = Text("Dringlichkeit", "Urgency")
AGE: Final = Text("Alter", "Age")
LANGUAGE: Final = Text("Sprache (ISO 639-3)", "Language (ISO 639-3)")
INTERPRETER: Final = Text("Sprachmittlung nötig", "Interpreter needed")
YES: Final = Text("Ja", "Yes")
NO: Final = Text("Nein", "No")

CONTENT: Final = Text("Angaben zur Person", "About the person")
CONTENT_LATER: Final = Text(
    "Name und Angaben zur Person sehen Sie, sobald Ihre Stelle die Zusteuerung annimmt.",
    "You see the name and what is said of the person once your agency accepts the referral.",
)
CONTENT_GONE: Final = Text(
    "Zu dieser Zusteuerung gibt es keine Angaben mehr.", "There is no content any more."
)

FILES: Final = Text("Anlagen", "Attached files")
FILE_WAITS: Final = Text(
    "Noch nicht freigegeben: die Prüfung auf Schadsoftware fehlt oder hat etwas gefunden.",
    "Not released: it was not scanned for malware yet, or something was found.",
)
FILE_TYPES: Final = {
    "application/pdf": Text("PDF-Dokument", "PDF document"),
    "image/png": Text("PNG-Bild", "PNG image"),
    "image/jpeg": Text("JPEG-Bild", "JPEG image"),
    "image/tiff": Text("TIFF-Bild", "TIFF image"),
    "text/plain": Text("Text", "Plain text"),
}
NO_FILE: Final = Text("Diese Anlage gibt es hier nicht", "This file cannot be opened")
NO_FILE_TEXT: Final = Text(
    "Es gibt sie nicht, nicht mehr, oder sie gehört nicht zu dieser Zusteuerung.",
    "It does not exist, exists no more, or is none of this referral.",
)
BACK: Final = Text("Zurück zur Zusteuerung", "Back to the referral")

WHAT_TO_DO: Final = Text("Was möchten Sie tun?", "What do you want to do?")
BUTTONS: Final = {
    ReferralAction.PULL: Text("Entgegennehmen", "Take it"),
    ReferralAction.ACCEPT: Text("Annehmen", "Accept"),
    ReferralAction.REJECT: Text("Ablehnen", "Refuse"),
}
HINTS: Final = {
    ReferralAction.PULL: Text(
        "Die absendende Stelle erfährt, dass die Zusteuerung bei Ihnen angekommen ist.",
        "The sending agency learns that the referral has reached you.",
    ),
    ReferralAction.ACCEPT: Text(
        "Ihre Stelle übernimmt die Person und sieht danach die Angaben zu ihr.",
        "Your agency takes the person on and then sees what is said of them.",
    ),
}
REFUSE: Final = Text("Ablehnen mit Begründung", "Refuse with a reason")
REASON: Final = Text("Grund", "Reason")
CHOOSE: Final = Text("Bitte wählen", "Please choose")
DETAIL: Final = Text("Erläuterung (freiwillig)", "Explanation (optional)")
DETAIL_HINT: Final = Text(
    "Höchstens 500 Zeichen. Keine Namen, Adressen, Nummern oder Geburtsdaten.",
    "At most 500 characters. No names, addresses, numbers or dates of birth.",
)
REASON_MISSING: Final = Text("Wählen Sie einen Grund aus.", "Choose a reason.")
DETAIL_REFUSED: Final = Text(
    "Die Erläuterung ist zu lang oder enthält unzulässige Zeichen.",
    "The explanation is too long or has characters that are not allowed.",
)
FORM_IS_OLD: Final = Text(
    "Dieses Formular gehört nicht zu Ihrer Sitzung. Versuchen Sie es noch einmal.",
    "This form does not belong to your session. Please try again.",
)
NOTHING_TO_DO: Final = Text(
    "Hier ist von Ihrer Seite nichts weiter zu tun.", "There is nothing more for you to do here."
)
