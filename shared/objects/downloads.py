"""What somebody uploaded goes out as a file to be saved, under a name that does no harm."""

import re
from typing import Final
from urllib.parse import quote

from shared.objects.media_types import ENDINGS

STEM_CHARS_MAX: Final = 120
# Separators of paths, wildcards, controls, what turns the direction of text or shows nothing.
# Joiners stay: Farsi needs them.
NOT_IN_NAMES: Final = re.compile(
    '[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e'
    "\u2060-\u2069\ufeff]"
)
DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def file_name(name: str, media_type: str) -> str:
    """A name that every system takes, with an ending that says what the content is.

    A program called `bescheid.pdf.bat`, be it plain text, would run when it is opened.
    """
    endings = ENDINGS[media_type]
    ending = next((one for one in endings if name.lower().endswith(one)), "")
    stem = NOT_IN_NAMES.sub("_", name.removesuffix(name[len(name) - len(ending) :]))
    stem = stem[:STEM_CHARS_MAX].strip(". ")
    if not stem or DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return stem + (ending or endings[0])


def attached(name: str, media_type: str) -> dict[str, str]:
    """The headers of such a download; the answer is sandboxed like every attachment."""
    shown = quote(file_name(name, media_type), safe="")
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{shown}",
        "Cache-Control": "no-store",
    }
