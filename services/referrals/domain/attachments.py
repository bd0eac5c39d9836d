"""Files that go with a referral: counted among its data categories, and among its digest."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.referrals.domain.codes import DataCategory
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text
from shared.objects.media_types import ScanState

ATTACHMENTS_MAX: Final = 20


class AttachmentMissing(RuleViolated):
    """`attachmentIds` names those announced and not uploaded, or found to be harmful."""

    code = "attachment-missing"
    title = Text(
        de="Eine angekündigte Anlage ist nicht hochgeladen oder wurde als schädlich erkannt.",
        en="An announced attachment is not uploaded, or was found to be harmful.",
    )


class AttachmentDiffers(Conflict):
    code = "attachment-differs"
    title = Text(
        de="Diese Anlage hat schon einen anderen Inhalt; bitte eine neue anlegen.",
        en="This attachment has other content already; make a new one.",
    )


class AttachmentTypeRefused(RuleViolated):
    status = 415
    code = "attachment-type-refused"
    title = Text(
        de="Angenommen werden PDF, PNG, JPEG, TIFF und Text in UTF-8, erkannt am Inhalt.",
        en="Accepted are PDF, PNG, JPEG, TIFF and text in UTF-8, recognised by content.",
    )


class AttachmentLimit(RuleViolated):
    code = "attachment-limit"
    title = Text(
        de="Mehr Anlagen kann eine Zusteuerung nicht haben.",
        en="A referral cannot have more attachments.",
    )


class AttachmentNotReleased(Conflict):
    code = "attachment-not-released"
    title = Text(
        de="Die Anlage ist nicht freigegeben: sie fehlt, ist ungeprüft oder schädlich.",
        en="The attachment is not released: it is missing, not scanned yet, or harmful.",
    )


class TooLateToAttach(Conflict):
    code = "too-late-to-attach"
    title = Text(
        de="Was beendet oder beantwortet ist, bekommt keine Anlagen mehr und verliert keine.",
        en="What has ended or was refused gets no attachments any more, and loses none.",
    )


class AttachmentWasSent(Conflict):
    code = "attachment-was-sent"
    title = Text(
        de="Diese Anlage ist schon mitgegangen: die Zusteuerung mit den übrigen `attachmentIds` "
        "ändern (`actions/amend`).",
        en="This attachment has gone along already: amend the referral with the other "
        "`attachmentIds` (`actions/amend`).",
    )


class AttachmentUnknown(RuleViolated):
    """`attachmentIds` names those that are none of this referral."""

    code = "attachment-unknown"
    title = Text(
        de="Eine genannte Anlage gehört nicht zu dieser Zusteuerung: erst ankündigen.",
        en="An attachment named is none of this referral: announce it first.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """What the rules and the receipt need to know of a file; its name may say too much."""

    id: UUID
    category: DataCategory
    sha256: str | None
    size_bytes: int | None
    scan_state: str | None

    @property
    def is_stored(self) -> bool:
        return self.sha256 is not None and self.scan_state != ScanState.INFECTED

    @property
    def form(self) -> dict[str, Any]:
        return {
            "id": str(self.id),
            "category": self.category.value,
            "sha256": self.sha256,
            "sizeBytes": self.size_bytes,
        }


def require_stored(files: tuple[AttachedFile, ...]) -> None:
    """Raises AttachmentMissing."""
    missing = [str(file.id) for file in files if not file.is_stored]
    if missing:
        raise AttachmentMissing(attachmentIds=missing)
