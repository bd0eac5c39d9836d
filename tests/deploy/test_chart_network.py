"""Who reaches whom by the chart's network policies: the arrows of the picture and no others."""

from typing import Any

from tests.deploy.chart import EXTERNAL, SMALL, Thing, of_kind, rendered

SERVICES = {"cases": 8001, "funding": 8002, "referrals": 8003}
WORKERS = {"cases-worker": 8011, "funding-worker": 8012, "referrals-worker": 8013}
OURS = {**SERVICES, **WORKERS, "gateway": 8000}


def pods(things: list[Thing]) -> dict[str, dict[str, str]]:
    """Labels of every pod of ours by its short name, and of the operator's."""
    found = {}
    for one in things:
        if one["kind"] in {"Deployment", "StatefulSet", "Job"}:
            labels = one["spec"]["template"]["metadata"]["labels"]
            found[labels["app.kubernetes.io/name"]] = labels
    return found | {
        "database": {"cnpg.io/cluster": "kim-postgres"},
        "keys": {"cnpg.io/cluster": "kim-keys"},
    }


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    wanted = selector.get("matchLabels", {})
    among = selector.get("matchExpressions", [])
    assert all(one["operator"] == "In" for one in among)
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        labels.get(one["key"]) in one["values"] for one in among
    )


def allowed(things: list[Thing], way: str) -> set[tuple[str, str, int]]:
    """(pod, peer, port) of `ingress` or `egress` rules; peers are pods, namespaces and blocks."""
    known = pods(things)
    found = set()
    for policy in of_kind(things, "NetworkPolicy").values():
        assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
        bound = [name for name, one in known.items() if selects(policy["spec"]["podSelector"], one)]
        for rule in policy["spec"].get(way, []):
            for peer in rule["from" if way == "ingress" else "to"]:
                for name in peers(peer, known):
                    found |= {(one, name, port["port"]) for one in bound for port in rule["ports"]}
    return found


def peers(peer: dict[str, Any], known: dict[str, dict[str, str]]) -> set[str]:
    if "ipBlock" in peer:
        return {peer["ipBlock"]["cidr"]}
    if "namespaceSelector" in peer:
        return set(peer["namespaceSelector"]["matchLabels"].values())
    return {name for name, one in known.items() if selects(peer["podSelector"], one)}


def test_only_the_arrows_of_the_picture_are_open() -> None:
    things = rendered(SMALL)
    into, out = allowed(things, "ingress"), allowed(things, "egress")
    inside = {(a, b, port) for a, b, port in into if b in pods(things)}
    assert inside == {
        *((service, "gateway", port) for service, port in SERVICES.items()),
        *(("nats", caller, 4222) for caller in (*WORKERS, "gateway")),
        ("nats", "nats", 6222),
    }
    assert {(a, b) for a, b, _ in into if b not in pods(things)} == {
        ("gateway", "ingress-nginx"), *((name, "monitoring") for name in OURS),
    }  # fmt: skip
    assert {(b, a, port) for a, b, port in out if b in OURS or b == "nats"} == inside
    assert {(a, b) for a, b, _ in out if b in {"database", "keys"}} == {
        *((name, "database") for name in {*SERVICES, *WORKERS, "migrations", "provision"}),
        *((name, "keys") for name in {*SERVICES, *WORKERS, "migrations", "provision"}
          if not name.startswith("funding")),
    }  # fmt: skip
    assert {port for _, b, port in out if b in {"0.0.0.0/0", "::/0"}} == {443}


def test_every_pod_of_ours_is_bound() -> None:
    things = rendered(SMALL)
    [nothing_else] = [
        one for name, one in of_kind(things, "NetworkPolicy").items() if name.endswith("-else")
    ]
    assert "ingress" not in nothing_else["spec"]
    ours = {name for name in pods(things) if name not in {"database", "keys"}}
    assert ours == {*OURS, "nats", "migrations", "provision"}
    assert all(selects(nothing_else["spec"]["podSelector"], pods(things)[name]) for name in ours)


def test_partners_reach_a_service_only_where_it_has_a_host() -> None:
    things = rendered(EXTERNAL)
    reached = {a for a, b, _ in allowed(things, "ingress") if b == "ingress-nginx"}
    assert reached == {"gateway", "referrals"}
    assert set(of_kind(things, "Ingress")) == {"kim-gateway", "kim-referrals"}
    out = allowed(things, "egress")
    assert {(a, port) for a, b, port in out if b == "10.1.3.0/24"} == {
        *((name, 4222) for name in (*WORKERS, "gateway"))
    }
    assert {a for a, b, _ in out if b == "10.1.2.0/24"} == {
        *SERVICES, *WORKERS, "migrations", "provision",
    }  # fmt: skip
