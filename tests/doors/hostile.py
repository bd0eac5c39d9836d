"""Every token that must be refused, by name: RFC 8725, RFC 7515-7519, and what libraries miss."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import hashes

from tests.doors.forge import HEADER, MARK, Forge, es, ps, rs
from tests.shared.key_server import segment

Make = Callable[[Forge], str]
FOREVER_S = 10**18


def header(**changes: Any) -> Make:
    return lambda forge: forge.with_header(**changes)


def at(offset_s: float, written: Callable[[float], Any] = int) -> Callable[[], Any]:
    """An instant so many seconds from when the token is made."""
    return lambda: written(time.time() + offset_s)


def claims(**changes: Any) -> Make:
    return lambda forge: forge.with_claims(
        **{name: value() if callable(value) else value for name, value in changes.items()}
    )


def payload(change: Callable[[bytes], bytes]) -> Make:
    return lambda forge: forge.token(HEADER, change(forge.payload()))


def segments(change: Callable[[list[str]], str]) -> Make:
    return lambda forge: change(forge.token().split("."))


def _other_tail(signature: str) -> str:
    """The same bytes, written with bits after the last of them."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return signature[:-1] + alphabet[alphabet.index(signature[-1]) + 1]


def _with_plain_payload(forge: Forge) -> str:
    """RFC 7797: the payload unencoded, as the header says."""
    head = HEADER | {"b64": False, "crit": ["b64"]}
    signed = segment(json.dumps(head).encode()) + b"." + forge.payload()
    return forge.token(head).rsplit(".", 1)[0] + "." + segment(forge.sign(signed)).decode()


def _of_another(forge: Forge) -> str:
    other = forge.with_claims(sub="another").rsplit(".", 1)[1]
    return forge.token().rsplit(".", 1)[0] + "." + other


def _raised(forge: Forge) -> str:
    """A good token with more roles than were signed."""
    head, _, signature = forge.token().split(".")
    body = segment(forge.payload(roles=["admin"])).decode()
    return f"{head}.{body}.{signature}"


def _json_form(forge: Forge) -> str:
    protected, body, signature = forge.token().split(".")
    return json.dumps({"protected": protected, "payload": body, "signature": signature})


def _encrypted(forge: Forge) -> str:
    head = segment(json.dumps({"alg": "ECDH-ES", "enc": "A256GCM", "kid": "k1"}).encode()).decode()
    return ".".join([head, "", "AAAA", segment(forge.payload()).decode(), "AAAA"])


def _standard_alphabet(forge: Forge) -> str:
    """Base64 with `+` and `/`: until a signature has one of them."""
    while True:
        head, body, signature = forge.token().split(".")
        if set(signature) & set("-_"):
            return f"{head}.{body}.{signature.replace('-', '+').replace('_', '/')}"


SHAPES: dict[str, Make] = {
    "a word": lambda _: "abc",
    "two segments": segments(lambda parts: ".".join(parts[:2])),
    "four segments": segments(lambda parts: ".".join([*parts, "AAAA"])),
    "an empty header": segments(lambda parts: f".{parts[1]}.{parts[2]}"),
    "an empty payload": segments(lambda parts: f"{parts[0]}..{parts[2]}"),
    "JWE": _encrypted,
    "JSON serialisation": _json_form,
    "a token in a token": lambda forge: forge.token(
        HEADER | {"cty": "JWT"}, forge.token().encode()
    ),
    "over 16 kB": claims(padding="x" * 17_000),
    "over 64 kB unparsed": lambda _: "A" * 60_000,
    "padded": segments(lambda parts: ".".join(parts) + "="),
    "standard base64": _standard_alphabet,
    "bits after the last byte": segments(lambda p: f"{p[0]}.{p[1]}.{_other_tail(p[2])}"),
    "a header that is no JSON": lambda forge: forge.token(b"alg: ES256"),
    "a header that is a list": lambda forge: forge.token(b'["ES256"]'),
    "alg twice": lambda f: f.token(b'{"alg":"none","alg":"ES256","kid":"k1","typ":"at+jwt"}'),
    "alg twice by escape": lambda f: f.token(
        b'{"alg":"ES256","kid":"k1","typ":"at+jwt","\\u0061lg":"none"}'
    ),
    "tenant twice": payload(lambda body: body[:-1] + b',"tenant":"05566"}'),
    "a nested member twice": payload(lambda body: body[:-1] + b',"x":{"a":1,"a":2}}'),
    "nested deeply": payload(lambda body: body[:-1] + b',"x":' + b"[" * 900 + b"]" * 900 + b"}"),
    "a payload that is a list": payload(lambda body: b"[" + body + b"]"),
    "a payload not in UTF-8": payload(lambda body: body[:-1] + b',"x":"\xff"}'),
    "a payload with a byte order mark": payload(lambda body: b"\xef\xbb\xbf" + body),
    "a payload with NaN": payload(lambda body: body[:-1] + b',"x":NaN}'),
    "a payload in UTF-16": payload(lambda body: body.decode().encode("utf-16")),
}
HEADERS: dict[str, Make] = {
    "none": lambda forge: forge.unsigned("none"),
    "none with a signature": header(alg="none"),
    "None": lambda forge: forge.unsigned("None", "AAAA"),
    "nOnE": lambda forge: forge.unsigned("nOnE", "AAAA"),
    "no alg": header(alg=...),
    "alg a list": header(alg=["ES256"]),
    "alg in lower case": header(alg="es256"),
    "HMAC with the key's JSON": lambda f: f.by_secret(json.dumps(f.home.keys[0]).encode()),
    "HMAC with the key's PEM": lambda forge: forge.by_secret(forge.public_pem),
    "HMAC with the key's DER": lambda forge: forge.by_secret(forge.public_der),
    "HMAC with nothing": lambda forge: forge.by_secret(b""),
    "HMAC with a published secret": lambda forge: forge.by_secret(b"secret", kid="oct"),
    "EdDSA": header(alg="EdDSA"),
    "RS256 with a key of EC": header(alg="RS256"),
    "ES256 with a key of RSA": header(kid="rsa"),
    "ES256 on P-384": lambda f: f.token(HEADER | {"kid": "p384"}, sign=es(f.p384, hashes.SHA256())),
    "ES384 on P-256": lambda f: f.token(HEADER | {"alg": "ES384"}, sign=es(f.k1, hashes.SHA384())),
    "RS512 with a key for RS256": lambda f: f.token(
        HEADER | {"alg": "RS512", "kid": "rsa"}, sign=rs(f.rsa, hashes.SHA512())
    ),
    "PS256 with a key for RS256": lambda f: f.token(
        HEADER | {"alg": "PS256", "kid": "rsa"}, sign=ps(f.rsa)
    ),
    "a weak key of RSA": lambda f: f.token(
        HEADER | {"alg": "RS256", "kid": "weak"}, sign=rs(f.weak, hashes.SHA256())
    ),
    "a key for encryption": header(kid="enc"),
    "a key that must not verify": header(kid="wrap"),
    "a key whose private half is published": header(kid="private"),
    "a key id of two keys": header(kid="twice"),
    "crit": header(crit=["exp"]),
    "crit empty": header(crit=[]),
    "b64 false": header(b64=False, crit=["b64"]),
    "b64 false, not critical": header(b64=False),
    "b64 false, payload unencoded": _with_plain_payload,
    "a key in the header": lambda f: f.by_stranger(jwk=f.jwk_of_stranger()),
    "a key's address": lambda f: f.by_stranger(jku=f"{f.attacker.url}/keys"),
    "the issuer's own address of keys": lambda f: f.with_header(jku=f"{f.home.url}/keys"),
    "a certificate's address": lambda f: f.by_stranger(x5u=f"{f.attacker.url}/keys"),
    "a certificate": lambda f: f.by_stranger(x5c=[base64.b64encode(f.public_der).decode()]),
    "a certificate's thumbprint": header(x5t="AAAA"),
    "compressed": header(zip="DEF"),
    "a token in it": header(cty="JWT"),
    "an encryption": header(enc="A256GCM"),
    "no kid": header(kid=...),
    "kid a number": header(kid=1),
    "kid a list": header(kid=["k1"]),
    "kid a path": header(kid="../../../dev/null"),
    "kid a query": header(kid="k1' or '1'='1"),
    "kid an address": lambda f: f.by_stranger(kid=f"{f.attacker.url}/keys"),
    "kid with a zero byte": header(kid="k1\u0000"),
    "kid unknown": header(kid="k2"),
    "typ of an ID token": header(typ="id+jwt"),
    "typ of a logout token": header(typ="logout+jwt"),
    "typ of an event": header(typ="secevent+jwt"),
    "typ of a proof": header(typ="dpop+jwt"),
    "typ JWE": header(typ="JWE"),
    "typ a number": header(typ=1),
    "typ null": header(typ=None),
}
SIGNATURES: dict[str, Make] = {
    "none": segments(lambda parts: f"{parts[0]}.{parts[1]}."),
    "zeros": segments(lambda p: f"{p[0]}.{p[1]}.{segment(bytes(64)).decode()}"),
    "of DER": segments(
        lambda p: f"{p[0]}.{p[1]}.{segment(bytes.fromhex('3006020101020101')).decode()}"
    ),
    "cut off": segments(lambda p: f"{p[0]}.{p[1]}.{p[2][:-4]}"),
    "of another token": _of_another,
    "of other claims": _raised,
    "of a stranger": lambda forge: forge.by_stranger(),
    "of a provider in the name of the Kreis": lambda f: f.provider.sign(f.claims()),
    "of a provider under its own key id": lambda f: f.provider.sign(f.claims(), {"kid": "p1"}),
}
CLAIMS: dict[str, Make] = {
    "no iss": claims(iss=...),
    "iss of nobody": claims(iss="https://elsewhere.example"),
    "iss with a slash": lambda f: f.with_claims(iss=f"{f.home.url}/"),
    "iss in capitals": lambda f: f.with_claims(iss=f.home.url.upper()),
    "iss a list": lambda f: f.with_claims(iss=[f.home.url]),
    "iss of the attacker": lambda f: f.with_claims(iss=f.attacker.url),
    "no aud": claims(aud=...),
    "aud null": claims(aud=None),
    "aud of another": claims(aud="account"),
    "aud of others": claims(aud=["account", "broker"]),
    "aud empty": claims(aud=[]),
    "aud in capitals": claims(aud="KIM"),
    "aud within a word": claims(aud="kim-frontend"),
    "aud with a number": claims(aud=["kim", 5]),
    "azp of another": claims(azp="some-other-client"),
    "azp a list": claims(azp=["kim-frontend"]),
    "azp empty": claims(azp=""),
    "no azp": claims(azp=...),
    "azp and client_id differ": claims(client_id="waf-system"),
    "no sub": claims(sub=...),
    "sub empty": claims(sub=""),
    "sub a number": claims(sub=5),
    "sub with a zero byte": claims(sub=f"{MARK}\u0000"),
    "sub written backwards": claims(sub=f"{MARK}\u202e"),
    "sub too long": claims(sub=MARK * 20),
    "no exp": claims(exp=...),
    "exp null": claims(exp=None),
    "exp as text": claims(exp=at(600, lambda t: str(int(t)))),
    "exp true": claims(exp=True),
    "exp with a fraction": claims(exp=at(600, float)),
    "exp infinite": payload(lambda body: body[:-1] + b',"exp":1e400}'),
    "exp long ago": claims(exp=1, iat=0),
    "exp 61 seconds ago": claims(exp=at(-61), iat=at(-600)),
    "exp beyond all measure": claims(exp=FOREVER_S),
    "exp in a year": claims(exp=at(365 * 86_400)),
    "exp before iat": claims(iat=at(50), exp=at(40)),
    "no iat": claims(iat=...),
    "iat as text": claims(iat=at(0, lambda t: str(int(t)))),
    "iat in an hour": claims(iat=at(3600), exp=at(7200)),
    "nbf in an hour": claims(nbf=at(3600)),
    "nbf as text": claims(nbf=at(0, lambda t: str(int(t)))),
    "nbf null": claims(nbf=None),
    "an ID token by nonce": claims(nonce="n"),
    "an ID token by at_hash": claims(at_hash="h"),
    "an ID token by its word": claims(typ="ID"),
    "a refresh token": claims(typ="Refresh"),
    "a logout token": claims(typ="Logout"),
    "bound to a key": claims(cnf={"jkt": "AAAA"}),
    "roles as text": claims(roles="admin"),
    "roles with a number": claims(roles=[5]),
    "a role in other letters": claims(roles=["аdmin"]),
}
HOSTILE: dict[str, Make] = {
    f"{kind}: {name}": make
    for kind, makes in (
        ("shape", SHAPES),
        ("header", HEADERS),
        ("signature", SIGNATURES),
        ("claims", CLAIMS),
    )
    for name, make in makes.items()
}
# Well signed, for us, in time; but what it says of the unit its issuer may not say.
OUT_OF_BOUNDS: dict[str, Make] = {
    "a unit of the Kreis by a provider": lambda f: f.provider.token(org_unit="waf-ki"),
    "a tenant of others by a provider": lambda f: f.provider.token(
        org_unit="rheine-caritas", tenant="05334"
    ),
    "a provider's unit by the Kreis": claims(org_unit="rheine-caritas"),
    "no unit": claims(org_unit=...),
    "two units": claims(org_unit=["waf-ki", "waf-cm"]),
    "a unit in other letters": claims(org_unit="wаf-cm"),
    "a unit with a line end": claims(org_unit="waf-cm\n"),
    "every unit": claims(org_unit="*"),
    "no tenant": claims(tenant=...),
    "a tenant in other digits": claims(tenant="٠٥٥٧٠"),
    "a tenant as a number": claims(tenant=5570),
    "every tenant": claims(tenant="*"),
    "no kind of unit": claims(org_unit_type=...),
}
