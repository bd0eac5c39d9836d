"""The counter of requests without a valid token: whom it takes for one, what it forgets when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.settings import Settings
from shared.web.limits import OverQuota
from shared.web.strangers import Strangers, network_of

LIMIT = 3


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def come(strangers: Strangers, host: str, times: int) -> None:
    for _ in range(times):
        strangers.count((host, 4711))


def test_over_the_limit_the_seconds_are_said_after_which_it_is_over() -> None:
    clock = Clock()
    strangers = Strangers(LIMIT, now_s=clock)
    come(strangers, "192.0.2.1", LIMIT)
    clock.now_s += 17.5
    with pytest.raises(OverQuota) as over:
        come(strangers, "192.0.2.1", 1)
    assert over.value.count.reset_s == 43
    assert over.value.count.headers["RateLimit"] == '"strangers";r=0;t=43'
    come(strangers, "192.0.2.2", LIMIT)
    clock.now_s += 43
    come(strangers, "192.0.2.1", LIMIT)


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown" * 100, ("unknown" * 100)[:64]),
    ],
)
def test_ipv6_is_counted_by_the_network_of_one_customer(host: str, network: str) -> None:
    assert network_of(host) == network


def test_addresses_of_one_network_share_their_quota() -> None:
    strangers = Strangers(LIMIT, now_s=Clock())
    come(strangers, "2001:db8::1", LIMIT)
    with pytest.raises(OverQuota):
        come(strangers, "2001:db8::ffff:2", 1)
    come(strangers, "2001:db8:0:1::1", 1)


def test_memory_is_bounded_and_the_oldest_are_forgotten() -> None:
    clock = Clock()
    strangers = Strangers(LIMIT, addresses_max=100, now_s=clock)
    for number in range(1000):
        come(strangers, f"2001:db8:{number:x}::1", 1)
        assert len(strangers) <= 100
    clock.now_s += 60
    come(strangers, "192.0.2.1", 1)
    assert len(strangers) == 1


@given(waits_s=st.lists(st.floats(min_value=0, max_value=30), max_size=80))
def test_nobody_is_let_in_more_often_than_twice_the_limit_in_any_minute(
    waits_s: list[float],
) -> None:
    clock = Clock()
    strangers = Strangers(LIMIT, now_s=clock)
    let_in: list[float] = []
    for wait_s in waits_s:
        clock.now_s += wait_s
        try:
            come(strangers, "192.0.2.1", 1)
        except OverQuota:
            continue
        let_in.append(clock.now_s)
    for begin_s in let_in:
        assert sum(begin_s <= at_s < begin_s + 60 for at_s in let_in) <= 2 * LIMIT


def test_no_limit_counts_nobody() -> None:
    strangers = Strangers(0)
    come(strangers, "192.0.2.1", 1000)
    assert len(strangers) == 0


def test_proxies_are_addresses_or_networks() -> None:
    proxies = Settings(trusted_proxies=("10.1.2.3/8", "2001:db8::1")).trusted_proxies
    assert proxies == ("10.0.0.0/8", "2001:db8::1/128")
    for nonsense in ("*", "proxy.example", "10.0.0.0/33"):
        with pytest.raises(ValueError, match="trusted_proxies"):
            Settings(trusted_proxies=(nonsense,))
