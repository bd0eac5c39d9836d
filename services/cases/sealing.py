"""`python -m services.cases.sealing`: seal free text that is there, change keys. See `--help`."""

import sys

from services.cases.settings import Settings
from services.cases.storage.tables import Table
from shared.secrecy.command import main
from shared.secrecy.wrapping import SettingsWrapper
from shared.service.keys import wrapping_keys

# To whom an entrusted note was handed on has a copy of its key.
ALSO_READ = {
    "note": "select receiver from note_release where note_id = $1 and receiver is not null"
}

if __name__ == "__main__":
    wrapper = SettingsWrapper(wrapping_keys(Settings()))
    sys.exit(main("cases", Table.metadata, wrapper, ALSO_READ))
