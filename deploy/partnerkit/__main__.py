"""`python -m deploy.partnerkit`."""

import sys

from deploy.partnerkit.commands import main

sys.exit(main())
