"""Why and how far the county's funding is shown and changed."""

from typing import Final

from shared.kernel.access_relations import Relation
from shared.kernel.text import Text

VV_44: Final = Text(de="VV zu § 44 LHO NRW", en="VV to § 44 LHO NRW")
# The books are the county's: no unit has some of its own.
COUNTY: Final = frozenset({Relation.UNIT, Relation.OTHER_UNIT})
