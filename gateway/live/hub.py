"""The fan-out: one subscription to the broker, many subscribers, each with a bounded mailbox."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from gateway.clients.faults import ServiceDown
from gateway.live.news import News, Topic
from gateway.metrics import LIVE_CONNECTIONS, LIVE_MISSED, LIVE_SUBSCRIPTIONS
from shared.kernel.caller import Caller
from shared.kernel.errors import Refusal
from shared.kernel.text import Text

RETRY_AFTER_S = 5


class LiveUnavailable(ServiceDown):
    """The broker cannot be reached, or this gateway has none."""

    def __init__(self) -> None:
        super().__init__("events", "no broker", retry_after_s=RETRY_AFTER_S)

    @property
    def text(self) -> Text:
        return Text(
            de="Änderungen können zurzeit nicht laufend gemeldet werden.",
            en="Changes cannot be told live at present.",
        )


class TooManyListeners(Refusal):
    status = 503
    code = "too-many-listeners"
    title = Text(
        de="Es sind zu viele laufende Verbindungen offen. Bitte später noch einmal versuchen.",
        en="Too many live connections are open. Please try again later.",
    )


class Mailbox:
    """What waits for one subscriber: the latest news of each record, so many records at most.

    Beyond that the news are dropped and the subscriber is told that it missed some: then it reads
    again what it shows, which is all that an event could make it do.
    """

    def __init__(
        self, topic: Topic, tenant_id: str, unit_id: str, *, records_max: int, only: frozenset[UUID]
    ) -> None:
        """`only` these records; empty means all."""
        self.topic = topic
        self.tenant_id = tenant_id
        self.unit_id = unit_id
        self._only = only
        self._records_max = records_max
        self._waiting: dict[UUID, News] = {}
        self._has_missed = False
        self._filled = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def concerns(self, news: News) -> bool:
        """Whether it is worth asking for the record in the subscriber's name."""
        return (news.units is None or self.unit_id in news.units) and (
            not self._only or news.record_id in self._only
        )

    def put(self, news: News) -> None:
        self._waiting[news.record_id] = news
        if len(self._waiting) > self._records_max:
            self.miss()
        self._filled.set()

    def put_back(self, news: News) -> None:
        """Once more, unless there is newer of that record."""
        if news.record_id not in self._waiting:
            self.put(news)

    def miss(self) -> None:
        """Forget what waits; the subscriber is told."""
        self._waiting.clear()
        self._has_missed = True
        LIVE_MISSED.inc()
        self._filled.set()

    async def take(self) -> News | None:
        """The next news in the order in which the records first changed; None: some were missed."""
        await self._filled.wait()
        if self._has_missed:
            self._has_missed = False
            news = None
        else:
            news = self._waiting.pop(next(iter(self._waiting)))
        if not self._waiting:
            self._filled.clear()
        return news


@dataclass(slots=True)
class Hub:
    """All mailboxes of this process, found by topic and tenant; and who is connected."""

    connections_max: int
    connections_per_caller_max: int
    records_max: int
    link: Callable[[], bool] = lambda: False
    """Whether the broker is there now."""
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the process stops: event streams have no end of their own."""
    _mailboxes: dict[tuple[Topic, str], set[Mailbox]] = field(default_factory=dict)
    _connections: Counter[str] = field(default_factory=Counter)

    @property
    def is_connected(self) -> bool:
        return self.link()

    def tell(self, news: News) -> None:
        for mailbox in self._mailboxes.get((news.topic, news.tenant_id), ()):
            if mailbox.concerns(news):
                mailbox.put(news)

    def miss(self) -> None:
        """Tell every subscriber that events may have passed unheard."""
        for mailboxes in self._mailboxes.values():
            for mailbox in mailboxes:
                mailbox.miss()

    @contextmanager
    def subscribed(self, topic: Topic, caller: Caller, only: frozenset[UUID]) -> Iterator[Mailbox]:
        mailbox = Mailbox(
            topic, caller.tenant_id, caller.unit_id, records_max=self.records_max, only=only
        )
        key = (topic, caller.tenant_id)
        self._mailboxes.setdefault(key, set()).add(mailbox)
        LIVE_SUBSCRIPTIONS.labels(topic.value).inc()
        try:
            yield mailbox
        finally:
            LIVE_SUBSCRIPTIONS.labels(topic.value).dec()
            self._mailboxes[key].discard(mailbox)
            if not self._mailboxes[key]:
                del self._mailboxes[key]

    @contextmanager
    def connection(self, caller: Caller, kind: str) -> Iterator[None]:
        """One open connection of the caller. Raises TooManyListeners."""
        actor = caller.actor
        if (
            self._connections.total() >= self.connections_max
            or self._connections[actor] >= self.connections_per_caller_max
        ):
            raise TooManyListeners
        self._connections[actor] += 1
        LIVE_CONNECTIONS.labels(kind).inc()
        try:
            yield
        finally:
            LIVE_CONNECTIONS.labels(kind).dec()
            self._connections[actor] -= 1
            if not self._connections[actor]:
                del self._connections[actor]

    def subscribers(self) -> int:
        return sum(map(len, self._mailboxes.values()))
