"""What can be wrong with the bytes of a file."""

from shared.kernel.errors import NotFound, RuleViolated
from shared.kernel.text import Text


class ContentTypeRefused(RuleViolated):
    code = "content-type-refused"
    title = Text(
        de="Angenommen werden PDF, PNG, JPEG, TIFF und Text in UTF-8, erkannt am Inhalt.",
        en="Accepted are PDF, PNG, JPEG, TIFF and text in UTF-8, recognised by content.",
    )


class ContentLost(NotFound):
    """Announced, received, and not in the store any more: a fault of the installation."""

    code = "content-lost"
    title = Text(
        de="Der Inhalt dieses Dokuments ist im Speicher nicht mehr vorhanden; bitte die "
        "Systemverwaltung benachrichtigen.",
        en="The content of this document is not in the store any more; please tell the system "
        "administration.",
    )
