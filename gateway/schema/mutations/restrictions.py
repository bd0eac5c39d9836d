"""Who sees the whereabouts of restricted persons."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.person import EndRestrictionReleaseInput, GrantRestrictionReleaseInput
from gateway.schema.person_parts import RestrictionRelease
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The release after the change.", "Die Freigabe nach der Änderung.")
)
class RestrictionReleaseSuccess(Success):
    release: RestrictionRelease = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_release = made(RestrictionReleaseSuccess, "release", RestrictionRelease)
RestrictionReleaseResult = outcome(
    "RestrictionReleaseResult",
    RestrictionReleaseSuccess,
    en="The release, or why not.",
    de="Die Freigabe, oder warum nicht.",
)


@strawberry.type
class RestrictionMutations:
    grant_restriction_release = command(
        "POST cases /v1/persons/{person_id}/restriction-releases",
        GrantRestrictionReleaseInput,
        _release,
        RestrictionReleaseResult,
        en="Let a case manager see where a restricted person lives.",
        de="Eine Fachkraft sehen lassen, wo eine Person mit Auskunftssperre lebt.",
    )
    end_restriction_release = command(
        "POST cases /v1/persons/{person_id}/restriction-releases/actions/end",
        EndRestrictionReleaseInput,
        _release,
        RestrictionReleaseResult,
        en="End a release.",
        de="Eine Freigabe beenden.",
    )
