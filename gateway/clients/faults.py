"""How a service can fail to give what was asked: it says no, or it says nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.kernel.text import Text

SERVICE_NAMES = {
    "cases": Text(de="Fallakten", en="cases"),
    "funding": Text(de="Fördermittel", en="funding"),
    "referrals": Text(de="Überleitungen", en="referrals"),
}


class ServiceFault(Exception):
    """`service` is the short name of the service."""

    def __init__(self, service: str, message: str) -> None:
        super().__init__(message)
        self.service = service


class ServiceDown(ServiceFault):
    """No answer in time, no connection, or a failure of its own (5xx)."""

    def __init__(self, service: str, reason: str, *, retry_after_s: int = 2) -> None:
        super().__init__(service, f"{service}: {reason}")
        self.retry_after_s = retry_after_s

    @property
    def text(self) -> Text:
        name = SERVICE_NAMES[self.service]
        return Text(
            de=f"Der Dienst {name.de} ist zurzeit nicht erreichbar.",
            en=f"The service {name.en} cannot be reached at present.",
        )


class TrialIgnored(Exception):
    """A service carried out what was only to be tried: a fault of ours, and never silent."""


class ServiceBusy(ServiceDown):
    """The service takes no more requests of this client for some seconds (429)."""

    @property
    def text(self) -> Text:
        name = SERVICE_NAMES[self.service]
        return Text(
            de=f"Der Dienst {name.de} nimmt gerade keine weiteren Anfragen an."
            f" Bitte in {self.retry_after_s} Sekunden noch einmal versuchen.",
            en=f"The service {name.en} takes no more requests just now."
            f" Please try again in {self.retry_after_s} seconds.",
        )


class OperationTooSlow(ServiceDown):
    """The operation as a whole took longer than it may; this service was not waited for."""

    def __init__(self, service: str, *, limit_s: float) -> None:
        super().__init__(service, "the operation took too long")
        self.limit_s = limit_s

    @property
    def text(self) -> Text:
        name = SERVICE_NAMES[self.service]
        return Text(
            de=f"Die Abfrage dauerte länger als {self.limit_s:g} Sekunden;"
            f" auf den Dienst {name.de} wurde nicht weiter gewartet.",
            en=f"The operation took longer than {self.limit_s:g} seconds;"
            f" the service {name.en} was not waited for any longer.",
        )


class ServiceRefused(ServiceFault):
    """The service answered with a problem (RFC 9457), already in the caller's language."""

    def __init__(self, service: str, status: int, problem: dict[str, Any]) -> None:
        super().__init__(service, f"{service}: {status} {problem.get('code', '')}")
        self.status = status
        self.problem = problem

    @property
    def is_hidden(self) -> bool:
        """The caller may not look there, or the record is unknown: the two look alike."""
        return self.status in {403, 404}

    @property
    def code(self) -> str:
        return str(self.problem.get("code") or "refused")

    @property
    def message(self) -> str:
        return str(self.problem.get("detail") or self.problem.get("title") or self.code)

    @property
    def errors(self) -> Sequence[Mapping[str, Any]]:
        found = self.problem.get("errors")
        return found if isinstance(found, list) else ()
