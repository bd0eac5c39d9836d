from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.allocation_tree import (
    NOTHING,
    MoreThanTheParentHas,
    Node,
    NotEnoughFree,
    NothingAllocated,
    Share,
    free_share,
    over_allocation_findings,
    refuse_over_allocation,
)
from services.funding.domain.findings import FindingCode
from services.funding.domain.territory import (
    Area,
    AreaKeyUnreadable,
    Territory,
    area_key,
)
from shared.kernel.money import Money


def posts(fte: str, rate_euros: int = 57_000) -> Share:
    return Share(Decimal(fte), Money.euros(rate_euros).times(Decimal(fte)))


UNNA = {
    node.key: node
    for node in (
        Node("award", None, posts("18.00"), own_use=posts("6.00")),
        Node("bergkamen", "award", posts("5.00"), own_use=posts("2.00")),
        Node("luenen", "award", posts("7.00")),
        Node("kamen", "bergkamen", posts("1.50")),
        Node("boenen", "bergkamen", posts("1.50")),
    )
}


def test_f13_unna_tree_holds_on_every_level() -> None:
    assert str(UNNA["award"].share.amount) == "1026000.00"
    assert over_allocation_findings(UNNA.values()) == ()


def test_f13_unna_tree_breaks_only_where_too_much_is_passed_on() -> None:
    too_much = {**UNNA, "boenen": replace(UNNA["boenen"], share=posts("1.51"))}

    findings = over_allocation_findings(too_much.values())

    assert [(f.code, f.subject, dict(f.facts)) for f in findings] == [
        (
            FindingCode.OVER_ALLOCATION,
            "bergkamen",
            {"freeFte": "-0.01", "freeAmount": "-570.00"},
        )
    ]


def test_f13_unna_tree_refuses_what_siblings_already_hold() -> None:
    with pytest.raises(NotEnoughFree) as refused:
        refuse_over_allocation(
            posts("0.01"), UNNA["bergkamen"].share, UNNA["bergkamen"].own_use, posts("3.00")
        )

    assert refused.value.status == 409
    assert refused.value.facts == {"freeFte": "0.00", "freeAmount": "0.00"}


def test_f4_aachen_cannot_forward_more_posts_than_it_has() -> None:
    with pytest.raises(MoreThanTheParentHas) as refused:
        refuse_over_allocation(posts("6.01", 55_000), posts("6.00", 55_000), NOTHING, NOTHING)

    assert refused.value.status == 422
    assert refused.value.facts == {"wholeFte": "6.00", "wholeAmount": "330000.00"}


def test_posts_and_money_are_limited_each_on_its_own() -> None:
    parent = Share(Decimal("6.00"), Money.euros(330_000))

    with pytest.raises(NotEnoughFree):
        refuse_over_allocation(
            Share(Decimal("1.00"), Money.euros(1)),
            parent,
            NOTHING,
            Share(Decimal("5.50"), Money(0)),
        )
    with pytest.raises(NotEnoughFree):
        refuse_over_allocation(
            Share(Decimal("0.00"), Money.euros(1)),
            parent,
            NOTHING,
            Share(Decimal(0), parent.amount),
        )


def test_an_allocation_of_nothing_is_refused() -> None:
    with pytest.raises(NothingAllocated):
        refuse_over_allocation(NOTHING, posts("6.00"), NOTHING, NOTHING)


SHARE = st.builds(
    lambda hundredths, cents: Share(Decimal(hundredths) / 100, Money(cents)),
    st.integers(0, 500),
    st.integers(0, 500),
)


@given(parent=SHARE, own_use=SHARE, wanted=st.lists(SHARE, max_size=12))
def test_granting_wishes_one_by_one_never_over_allocates(
    parent: Share, own_use: Share, wanted: list[Share]
) -> None:
    own_use = own_use if own_use.fits_in(parent) else NOTHING
    granted: list[Share] = []
    for share in wanted:
        taken = sum(granted, NOTHING)
        try:
            refuse_over_allocation(share, parent, own_use, taken)
        except (NotEnoughFree, MoreThanTheParentHas, NothingAllocated):
            continue
        granted.append(share)

    assert NOTHING.fits_in(free_share(parent, own_use, granted))


def test_f24_ags_stays_text_and_keeps_its_leading_zero() -> None:
    assert area_key("05570044") == "05570044"
    assert Area("05570").covers(Area("05570044"))


@pytest.mark.parametrize("text", ["5570044", "0557004", "05570O44", "", "055700044044", "٠٥٥٧٠"])
def test_a_key_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(AreaKeyUnreadable):
        area_key(text)


AACHEN_WITHOUT_CITY = Territory((Area("05334"),), (Area("05334002"),))


def test_an_award_may_leave_a_city_out_of_its_area() -> None:
    assert AACHEN_WITHOUT_CITY.covers(Area("05334004"))
    assert not AACHEN_WITHOUT_CITY.covers(Area("05334002"))
    assert not AACHEN_WITHOUT_CITY.overlaps(Territory((Area("05334002"),)))
    assert AACHEN_WITHOUT_CITY.overlaps(Territory((Area("05334004"),)))


def test_two_banks_of_a_river_are_two_areas_of_one_municipality() -> None:
    right = Territory((Area("05566076", "rechts der Ems"),))
    left = Territory((Area("05566076", "links der Ems"),))
    whole = Territory((Area("05566076"),))

    assert not right.overlaps(left)
    assert right.overlaps(whole)
    assert whole.overlaps(left)
    assert right.overlaps(right)
    assert not right.overlaps(Territory((Area("05566012"),)))
