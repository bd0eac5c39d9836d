"""Versions of records: who changes one says which version was seen."""

from shared.kernel.errors import Refusal, Stale
from shared.kernel.text import Text


class VersionMissing(Refusal):
    status = 428
    code = "version-missing"
    title = Text(
        de="Bitte nennen Sie im Kopf If-Match die Version, die Sie gelesen haben.",
        en="Name the version you have read in the If-Match header.",
    )


def require_version(actual: int, expected: int | None) -> None:
    """Refuse a change of a record that the caller has not seen in its present version.

    Raises VersionMissing (428) or Stale (412). Called after the record was found, so that a
    hidden record answers 404 whatever the header says.
    """
    if expected is None:
        raise VersionMissing
    if actual != expected:
        raise Stale(currentVersion=actual)
