"""Codes of awards and posts, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Funding line of the programme.", "Baustein des Programms."))
class FundingLine(Enum):
    B1_COORDINATION = code(
        "B1_COORDINATION", "Strategic KIM (coordination)", "Strategisches KIM (Koordination)"
    )
    B2_CASE_MANAGEMENT = code(
        "B2_CASE_MANAGEMENT",
        "Case management across legal circles",
        "Rechtskreisübergreifendes Case Management",
    )
    B3_FOREIGNERS_NATURALISATION = code(
        "B3_FOREIGNERS_NATURALISATION",
        "Foreigners' and naturalisation authorities",
        "Ausländer- und Einbürgerungsbehörden",
    )


@strawberry.enum(
    description=both(
        "What the money of a line is for.", "Wofür die Mittel einer Zeile bestimmt sind."
    )
)
class LinePurpose(Enum):
    POSTS = code("POSTS", "Posts", "Stellen")
    INTERFACE_MEASURES = code(
        "INTERFACE_MEASURES",
        "Measures from the interface analysis",
        "Maßnahmen aus der Schnittstellenanalyse",
    )
    EVENTS = code("EVENTS", "Events", "Veranstaltungsformate")
    EXTERNAL_ADVICE = code("EXTERNAL_ADVICE", "External advice", "Externe Begleitung und Beratung")
    TRAINING = code("TRAINING", "Training", "Qualifizierung")
    WORKPLACE_SETUP = code("WORKPLACE_SETUP", "Workplace equipment", "Arbeitsplatzausstattung")
    TRANSLATION = code("TRANSLATION", "Translation services", "Übersetzungsdienstleistungen")


@strawberry.enum(description=both("What a post is for.", "Wofür eine Stelle da ist."))
class PostType(Enum):
    COORDINATION = code("COORDINATION", "Coordination", "Koordination")
    ADMINISTRATION = code("ADMINISTRATION", "Administration", "Verwaltung")
    CASE_MANAGEMENT = code("CASE_MANAGEMENT", "Case management", "Case Management")
    FOREIGNERS_AUTHORITY = code("FOREIGNERS_AUTHORITY", "Foreigners' authority", "Ausländerbehörde")
    NATURALISATION_AUTHORITY = code(
        "NATURALISATION_AUTHORITY", "Naturalisation authority", "Einbürgerungsbehörde"
    )


@strawberry.enum(
    description=both("What kind of notice a version is.", "Welche Art Bescheid eine Fassung ist.")
)
class VersionKind(Enum):
    ORIGINAL = code("ORIGINAL", "Original notice", "Erstbescheid")
    AENDERUNG = code("AENDERUNG", "Amendment", "Änderungsbescheid")
    ANSCHLUSS = code("ANSCHLUSS", "Follow-up notice", "Anschlussbescheid")


@strawberry.enum(description=both("State of an award.", "Stand eines Bescheids."))
class AwardState(Enum):
    EXPECTED = code("EXPECTED", "Expected", "Angekündigt")
    APPLIED = code("APPLIED", "Applied for", "Beantragt")
    GRANTED = code("GRANTED", "Granted", "Erteilt")
    NOTIFIED = code("NOTIFIED", "Notified", "Bekannt gegeben")
    FINAL = code("FINAL", "Final", "Bestandskräftig")
    ACTIVE = code("ACTIVE", "Active", "Laufend")
    EXPIRED = code("EXPIRED", "Expired", "Abgelaufen")
    PROOF_DUE = code("PROOF_DUE", "Proof of use due", "Verwendungsnachweis fällig")
    SETTLED = code("SETTLED", "Settled", "Abgerechnet")
    REJECTED = code("REJECTED", "Rejected", "Abgelehnt")
    PARTLY_REVOKED = code("PARTLY_REVOKED", "Partly revoked", "Teilweise widerrufen")
    REVOKED = code("REVOKED", "Revoked", "Widerrufen")
    WITHDRAWN_APPLICATION = code(
        "WITHDRAWN_APPLICATION", "Application withdrawn", "Antrag zurückgezogen"
    )


@strawberry.enum(
    description=both("What can be done with an award.", "Was mit einem Bescheid getan werden kann.")
)
class AwardAction(Enum):
    APPLY = code("apply", "Apply", "Beantragen")
    REJECT = code("reject", "Reject", "Ablehnen")
    WITHDRAW = code("withdraw", "Withdraw the application", "Antrag zurückziehen")
    GRANT = code("grant", "Grant, by a second person", "Erteilen, durch eine zweite Person")
    NOTIFY = code("notify", "Record the notification", "Bekanntgabe vermerken")
    RECORD_APPEAL = code("record-appeal", "Record an appeal", "Rechtsbehelf vermerken")
    CLOSE_APPEAL = code("close-appeal", "Close the appeal", "Rechtsbehelf abschließen")
    MAKE_FINAL = code("make-final", "Make final", "Bestandskraft vermerken")
    ACTIVATE = code("activate", "Activate", "In Kraft setzen")
    AMEND = code("amend", "Amend", "Ändern")
    EXPIRE = code("expire", "Expire", "Ablaufen lassen")
    DEMAND_PROOF = code("demand-proof", "Demand the proof of use", "Verwendungsnachweis fordern")
    SETTLE = code("settle", "Settle", "Abrechnen")
    REVOKE_PARTLY = code("revoke-partly", "Revoke in part", "Teilweise widerrufen")
    REVOKE = code("revoke", "Revoke", "Widerrufen")


@strawberry.enum(
    description=both(
        "What an ancillary provision is about.", "Worum es einer Nebenbestimmung geht."
    )
)
class ConditionCode(Enum):
    PURPOSE = code("PURPOSE", "Purpose", "Zweckbindung")
    PERIOD = code("PERIOD", "Period", "Zeitraum")
    REPORT = code("REPORT", "Report", "Bericht und Nachweis")
    REPAYMENT = code("REPAYMENT", "Repayment", "Erstattung")
    OTHER = code("OTHER", "Other", "Sonstiges")
