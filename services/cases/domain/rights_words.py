"""Names of the kinds of data in an answer to a person, and what Art. 15 (1) GDPR has told."""

from collections.abc import Mapping
from typing import Any, Final

from shared.kernel.purposes import PURPOSES
from shared.kernel.text import Text


def _named(**names: tuple[str, str]) -> Mapping[str, Text]:
    return {kind: Text(de=de, en=en) for kind, (de, en) in names.items()}


KIND_TITLES: Final = _named(
    PERSON=("Angaben zur Person", "Particulars of the person"),
    ADDRESS=("Anschriften", "Addresses"),
    CONTACT_POINT=("Kontaktwege", "Ways of contact"),
    LANGUAGE_SKILL=("Sprachkenntnisse", "Languages"),
    LEGAL_REPRESENTATIVE=("Gesetzliche Vertretung", "Legal representatives"),
    FAMILY_MEMBERSHIP=("Zugehörigkeit zu Familien", "Membership of families"),
    STATUS=("Aufenthalt und Rechtskreis im Zeitverlauf", "Status over time"),
    LEGAL_CIRCLE_CHANGE=("Wechsel des Rechtskreises", "Changes of the body of law"),
    MERGE=("Zusammengeführte Datensätze", "Merged records"),
    RESTRICTION_RELEASE=("Freigaben einer Auskunftssperre", "Releases from a restriction"),
    EXTERNAL_ID=("Kennungen anderer Systeme", "Ids of other systems"),
    DELIVERED_VALUES=("Gelieferte Angaben zur Person", "Delivered values of the person"),
    CASE=("Fall", "Case"),
    CASE_DELIVERED_VALUES=("Gelieferte Angaben zum Fall", "Delivered values of the case"),
    CASE_EXTERNAL_ID=("Kennungen des Falls in anderen Systemen", "Ids of the case elsewhere"),
    PHASE=("Phasen des Falls", "Phases of the case"),
    PHASE_REASON=("Gründe von Schritten", "Reasons of steps"),
    FLAG=("Kennzeichen", "Flags"),
    TASK=("Aufgaben", "Tasks"),
    ASSESSMENT=("Bedarfserhebung", "Assessment"),
    INDICATION=("Prüfung der Zugangskriterien", "Indication"),
    CONTACT=("Beratungskontakte", "Counselling contacts"),
    CONTACT_ATTEMPT=("Kontaktversuche", "Attempts of contact"),
    CONFERENCE=("Fallkonferenzen", "Case conferences"),
    CONFERENCE_PARTICIPANT=("Teilnehmende an Fallkonferenzen", "Participants of conferences"),
    CONFERENCE_OUTCOME=("Ergebnisse von Fallkonferenzen", "Outcomes of conferences"),
    CONSENT=("Einwilligungen und Entbindungen", "Consents and releases"),
    CUSTOM_FIELDS=("Eigene Felder der Stelle", "Fields of the unit's own"),
    DOCUMENT=("Dokumente", "Documents"),
    DOUBLE_CARE_CHECK=("Prüfung auf Doppelbetreuung", "Checks of double care"),
    EXTRACT=("Anonymisierte Auszüge", "Anonymised extracts"),
    FAMILY_MOVE=("Umzüge des Falls zwischen Familien", "Moves between families"),
    INFORMATION_NOTICE=("Informationen nach Art. 13 DSGVO", "Information given (Art. 13)"),
    PLAN=("Hilfepläne", "Plans"),
    PLAN_APPROVAL=("Freigaben von Hilfeplänen", "Approvals of plans"),
    GOAL=("Ziele", "Goals"),
    MEASURE=("Maßnahmen", "Measures"),
    NOTE=("Notizen", "Notes"),
    NOTE_RELEASE=("Weitergaben anvertrauter Notizen", "Entrusted notes handed on"),
    REFERRAL_PROPOSAL=("Vorgeschlagene Zusteuerungen", "Proposed referrals"),
    RELATED_CASE=("Verbundene Fälle", "Related cases"),
    SENT_REFERRAL=("Gesendete Zusteuerungen", "Referrals sent"),
    REFERRAL=("Zusteuerungen", "Referrals"),
    REFERRAL_MESSAGE=("Nachrichten zu Zusteuerungen", "Messages about referrals"),
    REFERRAL_DISCLOSURE=("Weitergegebene Angaben", "What was disclosed"),
    REFERRAL_ATTACHMENT=("Anlagen zu Zusteuerungen", "Attachments of referrals"),
    REFERRAL_NOTICE=("Mitteilungen an Empfänger", "Notices to recipients"),
    EXPENDITURE=("Kosten im Einzelfall", "Costs of the single case"),
)
SERVICE_TITLES: Final = _named(
    cases=("Fallakten", "Case files"),
    referrals=("Zusteuerungen", "Referrals"),
    funding=("Förderung", "Funding"),
)
ACCESS_VERBS: Final[Mapping[str, Text]] = {
    "read": Text(de="gelesen", en="read"),
    "webhook": Text(
        de="der eigenen Software gemeldet, ohne Inhalt", en="told to its own software, no content"
    ),
    "change": Text(de="bearbeitet", en="worked on"),
}
INFORMATION: Final[Mapping[str, Text]] = {
    "purposes": Text(
        de="Beratung, Unterstützung und Vermittlung im Case Management des Kommunalen "
        "Integrationsmanagements; Zwecke der einzelnen Einwilligungen stehen bei diesen"
        " (Art. 15 Abs. 1 a DSGVO).",
        en="Counselling, support and referral in municipal case management; the purposes "
        "of single consents stand with them (Art. 15 (1) a GDPR).",
    ),
    "source": Text(
        de="Angaben stammen von Ihnen selbst, soweit beim Datum keine andere Herkunft "
        "steht (Art. 15 Abs. 1 g DSGVO, § 67a SGB X).",
        en="Data come from yourself where no other source stands beside them (Art. 15 (1) g GDPR).",
    ),
    "automated": Text(
        de="Eine automatisierte Entscheidung einschließlich Profiling findet nicht statt "
        "(Art. 15 Abs. 1 h, Art. 22 DSGVO).",
        en="There is no automated decision and no profiling (Art. 15 (1) h, Art. 22 GDPR).",
    ),
    "rights": Text(
        de="Sie können Berichtigung, Löschung oder Einschränkung verlangen und der "
        "Verarbeitung widersprechen (Art. 16 bis 18, 21 DSGVO, § 84 SGB X) und sich bei"
        " der Landesbeauftragten für Datenschutz und Informationsfreiheit Nordrhein-"
        "Westfalen beschweren (Art. 77 DSGVO, § 81 SGB X).",
        en="You may ask for rectification, erasure or restriction, object to the "
        "processing (Art. 16 to 18, 21 GDPR), and lodge a complaint with the "
        "supervisory authority of North Rhine-Westphalia (Art. 77 GDPR).",
    ),
    "entrusted": Text(
        de="Was Sie einer Fachkraft anvertraut haben, gibt allein diese Fachkraft weiter "
        "(§ 65 SGB VIII, § 203 StGB). Falls es solche Aufzeichnungen gibt, erhalten Sie"
        " sie von ihr gesondert; ob es sie gibt, ist aus dieser Auskunft nicht zu "
        "ersehen.",
        en="What you entrusted to a member of staff is handed on by this person alone (§ "
        "65 SGB VIII). If there are such records, you get them from this person; this "
        "answer does not show whether there are any.",
    ),
    "controllers": Text(
        de="Diese Auskunft umfasst, was die genannte Stelle verarbeitet. Jede beteiligte "
        "Stelle ist selbst verantwortlich (§ 67 Abs. 4 SGB X) und gibt ihre Auskunft "
        "selbst; die Empfänger unten sind die Stellen, an die Sie sich außerdem wenden "
        "können.",
        en="This answer covers what the named unit processes. Every unit is a controller "
        "of its own (§ 67 (4) SGB X) and answers for itself; the recipients below are "
        "the units that you can ask as well.",
    ),
    "withheld": Text(
        de="Was nicht mitgeteilt wird, steht mit seinem gesetzlichen Grund am Ende; über "
        "jeden Teil hat ein Mensch entschieden.",
        en="What is not told stands at the end with its legal ground; a person has decided"
        " about each part.",
    ),
    "whereabouts": Text(
        de="Wegen der Auskunftssperre stehen Anschriften und Kontaktwege nicht in dieser "
        "Datei; die freigegebene Fachkraft teilt sie mit (§ 51 BMG).",
        en="Because of the restriction, addresses and ways of contact are not in this "
        "file; the released case manager tells them (§ 51 BMG).",
    ),
    "access_log": Text(
        de="Welche Stelle Ihre Angaben an welchem Tag und wofür gesehen oder geändert hat, steht "
        "weiter unten, so weit das Protokoll zurückreicht; Personen nennt es nicht.",
        en="Which unit saw or changed your data on which day and for what stands below, as far "
        "back as the log goes; it names no people.",
    ),
}


def access_sentence(access: Mapping[str, Any]) -> Text:
    """One line of the log for the person: unit, what was done, how often, and for what."""
    did = ACCESS_VERBS.get(access["action"], ACCESS_VERBS["change"])
    times, purpose = access["times"], PURPOSES.get(access["purpose"])
    often_de, often_en = (f", {times}-mal", f", {times} times") if times > 1 else ("", "")
    why_de, why_en = (f" ({purpose.title.de})", f" ({purpose.title.en})") if purpose else ("", "")
    return Text(
        de=f"{access['unitId']}: {did.de}{often_de}{why_de}",
        en=f"{access['unitId']}: {did.en}{often_en}{why_en}",
    )


def recipient_sentence(recipient: Mapping[str, Any]) -> Text:
    """Who received a referral about the person, and on which day."""
    unit, day = recipient["recipientUnit"], str(recipient["disclosedAt"])[:10]
    return Text(
        de=f"{unit}: hat am {day[8:10]}.{day[5:7]}.{day[:4]} Angaben mit einer Zusteuerung"
        " erhalten",
        en=f"{unit}: received data with a referral on {day}",
    )
