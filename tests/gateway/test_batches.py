"""Loaders: whoever asks in the same moment is answered by one read, of whatever became of it."""

import asyncio

import pytest

from gateway.batches import Batches


class Reads:
    """What was asked for, read by read; keys that begin with `!` fail, and all beside them."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    async def __call__(self, keys: list[str]) -> list[str]:
        self.asked.append(keys)
        await asyncio.sleep(0)
        if any(key.startswith("!") for key in keys):
            raise LookupError("no")
        return [key.upper() for key in keys]


async def test_rows_and_levels_that_ask_at_once_share_one_read() -> None:
    reads = Reads()
    batches = Batches(reads)
    found = await asyncio.gather(
        batches.load("a"), batches.load_many(["b", "a"]), batches.settle(["c", "b"])
    )
    assert found == ["A", ["B", "A"], None]
    assert reads.asked == [["a", "b", "c"]]
    assert batches.value("c") == "C"


async def test_what_was_read_is_not_asked_again_and_what_is_new_is() -> None:
    reads = Reads()
    batches = Batches(reads)
    assert await batches.load("a") == "A"
    assert await batches.load_many(["a", "b"]) == ["A", "B"]
    assert reads.asked == [["a"], ["b"]]


async def test_who_asks_while_it_is_being_read_waits_for_that_read() -> None:
    reads = Reads()
    batches = Batches(reads)
    first = asyncio.create_task(batches.load("a"))
    while not reads.asked:  # noqa: ASYNC110 - the loop's own next turn, no time
        await asyncio.sleep(0)
    assert await batches.load("a") == "A"
    assert await first == "A"
    assert reads.asked == [["a"]]


async def test_a_read_that_fails_fails_for_all_its_keys_and_stays_so() -> None:
    reads = Reads()
    batches = Batches(reads)
    answers = await asyncio.gather(
        batches.load("!"), batches.load_many(["a"]), return_exceptions=True
    )
    assert [type(one) for one in answers] == [LookupError, LookupError]
    with pytest.raises(LookupError):
        await batches.load("a")
    assert await batches.load("b") == "B"
    assert reads.asked == [["!", "a"], ["b"]]


async def test_who_gives_up_waiting_leaves_the_read_to_the_others() -> None:
    reads = Reads()
    batches = Batches(reads)
    impatient = asyncio.create_task(batches.load("a"))
    patient = asyncio.create_task(batches.load("a"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == "A"
    assert impatient.cancelled()
    assert reads.asked == [["a"]]
