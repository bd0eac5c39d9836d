"""`python -m services.referrals.sealing`: seal what is said in referrals, change keys; `--help`."""

import sys

from services.referrals.settings import Settings
from services.referrals.storage import tables
from services.referrals.storage.base import Table
from shared.secrecy.command import main
from shared.secrecy.wrapping import SettingsWrapper
from shared.service.keys import wrapping_keys

# Imported so that they are in the registry.
assert tables

if __name__ == "__main__":
    wrapper = SettingsWrapper(wrapping_keys(Settings()))
    sys.exit(main("referrals", Table.metadata, wrapper, {}))
