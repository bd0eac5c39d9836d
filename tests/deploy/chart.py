"""The chart as Helm's own engine renders it, as lists of objects."""

from pathlib import Path
from typing import Any, Final

import helm_python as helm
import yaml

from deploy.local.settings import PROJECT_DIR

CHART: Final = PROJECT_DIR / "deploy" / "helm" / "kim"
ISSUER: Final = {"issuer": "https://login.example.org/realms/kim", "audience": "kim",
                 "units": ["*"], "tenants": ["05570"]}  # fmt: skip
# Names of the county's own objects of certificates.
OF_DATABASE: Final = "db-ca"
OF_INGRESS: Final = "public-tls"
# What a county would say at least, and the other ways of each part.
SMALL: Final[dict[str, Any]] = {
    "issuers": [ISSUER],
    "images": {"registry": "images.example.org/kim"},
}
EXTERNAL: Final[dict[str, Any]] = SMALL | {
    "postgresql": {
        "mode": "external",
        "external": {
            "host": "db.example.org",
            "caSecret": OF_DATABASE,
            "networks": ["10.1.2.0/24"],
        },
    },
    "nats": {"mode": "external", "external": {"networks": ["10.1.3.0/24"]}},
    "tls": {"mode": "secret"},
    "storage": {
        "buckets": {
            kind: f"s3://kim-{kind}" for kind in ("documents", "attachments", "exchange", "jobs")
        },
        "credentials": "kim-s3",
    },
    "ingress": {
        "enabled": True,
        "host": "kim.example.org",
        "hosts": {"referrals": "referrals.example.org"},
        "tlsSecret": OF_INGRESS,
    },
    "network": {"inside": ["10.9.0.0/16"]},
}
PLAIN: Final[dict[str, Any]] = SMALL | {"tls": {"mode": "none"}, "nats": {"replicas": 1}}
WAYS: Final = {"small": SMALL, "external": EXTERNAL, "plain": PLAIN}

Thing = dict[str, Any]


def rendered(values: dict[str, Any], chart: Path = CHART) -> list[Thing]:
    """Every object. Raises helm_python.HelmError where the values are refused."""
    with helm.Chart.load(str(chart)) as loaded:
        loaded.validate_schema(values)
        files = loaded.render(values, name="kim", namespace="kim")
    texts = [text for name, text in files.items() if name.endswith(".yaml")]
    return [thing for text in texts for thing in yaml.safe_load_all(text) if thing]


def of_kind(things: list[Thing], kind: str) -> dict[str, Thing]:
    return {one["metadata"]["name"]: one for one in things if one["kind"] == kind}


def pod_of(thing: Thing) -> Thing:
    pod: Thing = thing["spec"]["template"]["spec"]
    return pod


def environment_of(deployment: Thing) -> dict[str, str]:
    [container] = pod_of(deployment)["containers"]
    return {one["name"]: one["value"] for one in container["env"]}


def secrets_of(thing: Thing) -> set[str]:
    """The keys of `kim-secrets` that the pod is given."""
    return {
        item["key"]
        for volume in pod_of(thing)["volumes"]
        if volume.get("secret", {}).get("secretName") == "kim-secrets"
        for item in volume["secret"]["items"]
    }
