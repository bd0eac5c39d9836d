"""The three services, reached in the name of one caller."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp
from starlette.datastructures import Headers
from starlette.requests import Request

from gateway.clients.cases import CasesClient
from gateway.clients.conversation import CallLog, Conversation
from gateway.clients.funding import FundingClient
from gateway.clients.referrals import ReferralsClient
from gateway.clients.upstream import DRY_RUN, HttpUpstream, Upstream
from gateway.settings import Settings
from shared.kernel.errors import Malformed
from shared.kernel.text import Text
from shared.observability.request import current_request
from shared.web.purposes import END_USER_HEADER, PURPOSE_HEADER, REASON_HEADER


class DryRunUnreadable(Malformed):
    code = "dry-run-unreadable"
    title = Text(
        de="`KIM-Dry-Run` ist `true` oder `false`.", en="`KIM-Dry-Run` is `true` or `false`."
    )


@dataclass(frozen=True, slots=True)
class Services:
    cases: CasesClient
    funding: FundingClient
    referrals: ReferralsClient

    def of(self, service: str) -> Conversation:
        """`service` is the short name: cases, funding or referrals."""
        conversations = {
            "cases": self.cases.conversation,
            "funding": self.funding.conversation,
            "referrals": self.referrals.conversation,
        }
        return conversations[service]


@dataclass(frozen=True, slots=True)
class Upstreams:
    """How this process reaches each service; made once, when it starts."""

    cases: Upstream
    funding: Upstream
    referrals: Upstream

    def for_request(
        self, request: Request, log: CallLog, settings: Settings, language: str | None = None
    ) -> Services:
        """`language` where the answer has one of its own, whatever the client prefers.

        Raises DryRunUnreadable.
        """
        headers = passed_on(request.headers["authorization"], language)
        return self.speaking(headers, log, settings, is_trial=is_dry_run(request.headers))

    def speaking(
        self, headers: Mapping[str, str], log: CallLog, settings: Settings, *, is_trial: bool
    ) -> Services:
        """The services, asked with these headers."""

        def conversation(upstream: Upstream) -> Conversation:
            return Conversation(upstream, headers, log, settings.upstream_timeout_s, is_trial)

        return Services(
            cases=CasesClient(conversation(self.cases), settings.report_timeout_s),
            funding=FundingClient(conversation(self.funding), settings.report_timeout_s),
            referrals=ReferralsClient(conversation(self.referrals), settings.report_timeout_s),
        )


def over_http(settings: Settings, http: aiohttp.ClientSession) -> Upstreams:
    return Upstreams(
        cases=HttpUpstream("cases", settings.cases_url, http),
        funding=HttpUpstream("funding", settings.funding_url, http),
        referrals=HttpUpstream("referrals", settings.referrals_url, http),
    )


def is_dry_run(headers: Headers) -> bool:
    """Whether `KIM-Dry-Run: true` asks that every change be only tried. Raises DryRunUnreadable:
    whoever asks for a trial in another word must not get the change.
    """
    given = headers.getlist(DRY_RUN) or ["false"]
    if given not in (["true"], ["false"]):
        raise DryRunUnreadable
    return given == ["true"]


def passed_on(authorization: str, language: str | None = None) -> Mapping[str, str]:
    """The caller's own token, and what was understood of language, purpose and request id."""
    facts = current_request()
    headers = {
        "Authorization": authorization,
        "Accept": "application/json",
        # Preferred first; `mul` has sentences of refusals said in both.
        "Accept-Language": f"{language or facts.language}, mul;q=0.1",
        "X-Request-Id": facts.id,
    }
    if facts.purpose:
        headers[PURPOSE_HEADER] = facts.purpose
    if facts.reason:
        headers[REASON_HEADER] = facts.reason
    if facts.end_user:
        headers[END_USER_HEADER] = facts.end_user
    return headers


Connect = Callable[[Settings, aiohttp.ClientSession], Upstreams]
