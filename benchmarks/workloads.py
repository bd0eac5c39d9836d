"""What a workload is made of, and those that read over REST."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import psutil

from benchmarks.load import Request, Way
from benchmarks.samples import CASE_MANAGER, COORDINATOR, RECIPIENT, Samples, token_of
from benchmarks.system import System

OURS: Final = "ours"
PAGE: Final = 50
JSON_BODY: Final = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Workload:
    """`goal` says what is wanted of our way, in words."""

    title: str
    ways: tuple[Way, ...]
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the workloads are made of: the system, the programs beside it, a few records."""

    system: System
    limits_url: str
    limits: psutil.Process
    stock_url: str
    stock: psutil.Process
    samples: Samples
    writes: int
    """How many new records a round of a writing workload may make."""

    def signed(self, persona: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_of(self.system, persona)}"}

    def ours(self, part: str, persona: str, *requests: Request, name: str = OURS) -> Way:
        """Our way, over and over."""
        headers = self.signed(persona) | JSON_BODY
        process = self.system.process(part)
        return Way(name, self.system.url(part), lambda: requests, headers, (process,))

    def beside(self, name: str, path: str, *requests: Request) -> Way:
        """The program of limits, below `path`."""
        return Way(name, self.limits_url, lambda: requests, JSON_BODY, (self.limits,), prefix=path)

    def once(self, part: str, persona: str, requests: Callable[[], Sequence[Request]]) -> Way:
        """Our way, with requests that are made anew for every round and sent once."""
        process = self.system.process(part)
        headers = self.signed(persona) | JSON_BODY
        url = self.system.url(part)
        return Way(OURS, url, requests, headers, (process,), is_repeatable=False)


def case_list(bench: Bench) -> Workload:
    path = f"/v1/cases?first={PAGE}"
    deep = Request("GET", f"{path}&after={bench.samples.deep_cursor}")
    bare = Request("GET", "/cases")
    return Workload(
        "REST: page of 50 cases",
        (
            bench.ours("cases", CASE_MANAGER, Request("GET", path)),
            bench.ours("cases", CASE_MANAGER, deep, name="the last page"),
            bench.beside("same SQL, bare Starlette", "/sql", bare),
            bench.beside("plain SQLModel", "/orm", bare),
            bench.beside("ready bytes", "/ready", Request("GET", "/list")),
        ),
        goal="≥ 0.7 × same SQL; ≥ 8 × plain SQLModel; ≥ 0.83 × the last page",
    )


def case_by_id(bench: Bench) -> Workload:
    served = [Request("GET", f"/v1/cases/{one}") for one in bench.samples.case_ids]
    bare = [Request("GET", f"/cases/{one}") for one in bench.samples.case_ids]
    return Workload(
        "REST: one case by id",
        (
            bench.ours("cases", CASE_MANAGER, *served),
            bench.beside("same SQL, bare Starlette", "/sql", *bare),
            bench.beside("plain SQLModel, the row alone", "/orm", *bare),
            bench.beside("ready bytes", "/ready", Request("GET", "/one")),
        ),
        goal="≥ 0.6 × same SQL",
    )


def search_by_name(bench: Bench) -> Workload:
    asked = [
        Request("POST", "/v1/persons/search", f'{{"name": "{name}"}}')
        for name in bench.samples.names
    ]
    return Workload(
        "REST: persons by family name, 20 hits",
        (bench.ours("cases", CASE_MANAGER, *asked),),
        goal="≤ 20 ms with 2 m cases",
    )


def inbox(bench: Bench) -> Workload:
    return Workload(
        "REST: inbox of 50 referrals",
        (bench.ours("referrals", RECIPIENT, Request("GET", f"/v1/inbox?first={PAGE}")),),
    )


def statistics(bench: Bench) -> Workload:
    path = "/v1/reports/case-statistics?asOf=2024-12-31"
    return Workload(
        "REST: families in counselling on a day, whole Kreis",
        (bench.ours("cases", COORDINATOR, Request("GET", path)),),
        goal="≤ 300 ms with 200 k cases",
    )
