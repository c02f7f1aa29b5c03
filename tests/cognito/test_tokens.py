"""Which tokens are believed (T074-T076; RFC 8725)."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from flows.cognito import jwks, tokens
from flows.cognito.errors import BAD_TOKEN, UNREACHABLE, CognitoError
from flows.cognito.outcome import Tokens
from tests.cognito import stub as stubs
from tests.cognito.issuer import Issuer, forge
from tests.cognito.stub import Answer, Stub


@pytest.fixture
def issuer(stub: Stub) -> Issuer:
    now = stubs.connection()
    made = Issuer(issuer=now["issuer"], client_id=now["client_id"])
    stub.answers["GET"] = Answer(body=made.jwks(), content_type="application/json")
    return made


def refused(given: Tokens) -> str:
    with pytest.raises(CognitoError) as raised:
        tokens.verify(given)
    return raised.value.code


def test_honest_tokens(issuer: Issuer) -> None:
    claims = tokens.verify(issuer.tokens(id_token=issuer.sign("id", **{"cognito:groups": ["admins"]})))
    assert (claims.sub, claims.groups) == (issuer.sub, ("admins",))
    assert claims.access["client_id"] == issuer.client_id
    assert issuer.sub not in repr(claims)


@pytest.mark.parametrize("use", ["id", "access"])
@pytest.mark.parametrize(
    "changed",
    [
        {"exp": ...},
        {"iss": ...},
        {"sub": ...},
        {"iat": ...},
        {"token_use": ...},
        pytest.param({"exp": time.time() - 61}, id="ended"),
        pytest.param({"nbf": time.time() + 3600}, id="not yet"),
        pytest.param({"iat": time.time() + 3600}, id="made in the future"),
        {"exp": "tomorrow"},
        {"exp": None},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0001"},
        {"token_use": "refresh"},
        {"sub": 7},
    ],
    ids=str,
)
def test_t075_claims_that_are_missing_wrong_or_out_of_date(issuer: Issuer, use: str, changed: dict[str, Any]) -> None:
    assert refused(issuer.tokens(**{f"{use}_token": issuer.sign(use, **changed)})) == BAD_TOKEN


@pytest.mark.parametrize("use", ["id", "access"])
def test_t075_infinity_as_a_date(issuer: Issuer, use: str) -> None:
    """json reads 1e999 as infinity and PyJWT hands that to int()."""
    body = json.dumps(issuer.claims(use, exp=7)).replace('"exp": 7', '"exp": 1e999').encode()
    header = {"alg": "RS256", "kid": f"{use}-key"}
    unsigned = forge(header, body).rpartition(".")[0]
    signature = issuer.keys[f"{use}-key"].sign(unsigned.encode(), padding.PKCS1v15(), hashes.SHA256())
    assert refused(issuer.tokens(**{f"{use}_token": forge(header, body, signature)})) == BAD_TOKEN


def test_t075_a_clock_that_is_a_minute_off_is_forgiven(issuer: Issuer) -> None:
    assert tokens.verify(issuer.tokens(access_token=issuer.sign("access", exp=time.time() - 50)))


def test_t075_another_client(issuer: Issuer) -> None:
    assert refused(issuer.tokens(id_token=issuer.sign("id", aud="other"))) == BAD_TOKEN
    assert refused(issuer.tokens(access_token=issuer.sign("access", client_id="other"))) == BAD_TOKEN
    assert refused(issuer.tokens(access_token=issuer.sign("access", client_id=..., aud=issuer.client_id))) == BAD_TOKEN


def test_t075_one_token_in_the_place_of_the_other(issuer: Issuer) -> None:
    honest = issuer.tokens()
    assert refused(issuer.tokens(id_token=honest.access_token)) == BAD_TOKEN
    assert refused(issuer.tokens(access_token=honest.id_token)) == BAD_TOKEN


def test_tokens_about_two_people(issuer: Issuer) -> None:
    assert refused(issuer.tokens(access_token=issuer.sign("access", sub="somebody-else"))) == BAD_TOKEN


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "RS384"}, {"alg": "HS256"}, {}], ids=str)
def test_t074_other_algorithms_never_reach_a_key(stub: Stub, issuer: Issuer, header: dict[str, str]) -> None:
    token = forge({"kid": "id-key", **header}, issuer.claims("id"))
    assert refused(issuer.tokens(id_token=token)) == BAD_TOKEN
    assert stub.requests == []


def test_t074_the_public_key_as_an_hmac_secret(issuer: Issuer) -> None:
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    pem = issuer.keys["id-key"].public_key().public_bytes(*form)
    unsigned = forge({"alg": "HS256", "kid": "id-key"}, issuer.claims("id")).rpartition(".")[0]
    digest = hmac.digest(pem, unsigned.encode(), hashlib.sha256)
    token = forge({"alg": "HS256", "kid": "id-key"}, issuer.claims("id"), digest)
    assert refused(issuer.tokens(id_token=token)) == BAD_TOKEN


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk", "x5c"])
def test_t074_a_key_that_the_token_brings_itself_is_not_looked_at(stub: Stub, issuer: Issuer, name: str) -> None:
    stranger = Issuer(issuer=issuer.issuer, client_id=issuer.client_id)
    header = {name: json.loads(stranger.jwks())["keys"][0] if name == "jwk" else f"{stub.url}/evil.json"}
    assert refused(issuer.tokens(id_token=stranger.sign("id", headers=header))) == BAD_TOKEN
    assert {path for _, path in stub.requests} == {f"/{stubs.connection()['user_pool_id']}/.well-known/jwks.json"}


def test_t074_a_critical_extension_that_nobody_knows(issuer: Issuer) -> None:
    token = issuer.sign("id", headers={"crit": ["b64", "magic"], "magic": 1})
    assert refused(issuer.tokens(id_token=token)) == BAD_TOKEN


@pytest.mark.parametrize("kid", ["../id-key", "", "access-key", "no-such"])
def test_t074_another_kid(issuer: Issuer, kid: str) -> None:
    assert refused(issuer.tokens(id_token=issuer.sign("id", headers={"kid": kid}))) == BAD_TOKEN


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "é.é.é", "." * 500, "eyJ" * 400])
def test_no_token_at_all(issuer: Issuer, token: str) -> None:
    assert refused(issuer.tokens(id_token=token)) == BAD_TOKEN


def test_t076_tokens_of_another_pool(stub: Stub, issuer: Issuer) -> None:
    """Same names, another pool's keys."""
    stranger = Issuer(issuer=issuer.issuer, client_id=issuer.client_id)
    assert refused(stranger.tokens()) == BAD_TOKEN


def test_a_changed_signature(issuer: Issuer) -> None:
    token = issuer.sign("id")
    middle = len(token) - 20
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    assert refused(issuer.tokens(id_token=changed)) == BAD_TOKEN


# -- Keys (T077) ---------------------------------------------------------------------------------------------------
class Shelf:
    """What stands at the JWKS address, how often it was asked for, and a clock."""

    def __init__(self, issuer: Issuer) -> None:
        self.body: bytes | Exception = issuer.jwks()
        self.fetched = 0
        self.now = 0.0
        self.keys = jwks.Keys("https://pool.example/jwks.json", fetch=self.fetch, clock=lambda: self.now)

    def fetch(self, uri: str) -> bytes:
        self.fetched += 1
        if isinstance(self.body, Exception):
            raise self.body
        return self.body


@pytest.fixture(scope="module")
def pair() -> Issuer:
    return Issuer(issuer="https://pool.example", client_id="c")


def test_t077_keys_are_fetched_once_an_hour(pair: Issuer) -> None:
    shelf = Shelf(pair)
    for _ in range(5):
        shelf.keys.get("id-key")
        shelf.keys.get("access-key")
    assert shelf.fetched == 1
    shelf.now = jwks.LIFE_SECONDS
    shelf.keys.get("id-key")
    assert shelf.fetched == 2


def test_t077_a_rotated_key_is_found_at_once(pair: Issuer) -> None:
    shelf = Shelf(pair)
    shelf.keys.get("id-key")
    shelf.body = Issuer(issuer="i", client_id="c", keys={"new": pair.keys["id-key"]}).jwks()
    assert shelf.keys.get("new")
    with pytest.raises(CognitoError):
        shelf.keys.get("id-key")


def test_t077_a_flood_of_unknown_kids_asks_once_a_minute(pair: Issuer) -> None:
    shelf = Shelf(pair)
    shelf.keys.get("id-key")
    for number in range(100):
        shelf.now += 0.5
        with pytest.raises(CognitoError) as raised:
            shelf.keys.get(f"unknown-{number}")
        assert raised.value.code == BAD_TOKEN
    assert shelf.fetched == 2


@pytest.mark.parametrize(
    "body",
    [
        OSError(),
        b"<html>",
        b"",
        b"[]",
        b"{}",
        b'{"keys": []}',
        b'{"keys": [{"kty": "RSA"}]}',
        b'{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "id-key"}]}',
    ],
)
def test_t077_when_the_pool_does_not_answer_the_old_keys_serve(pair: Issuer, body: bytes | Exception) -> None:
    shelf = Shelf(pair)
    shelf.keys.get("id-key")
    shelf.body, shelf.now = body, jwks.LIFE_SECONDS
    for _ in range(10):
        assert shelf.keys.get("id-key")
    assert shelf.fetched == 2


def test_t077_without_any_key_it_is_the_pool_that_is_missing(pair: Issuer) -> None:
    shelf = Shelf(pair)
    shelf.body = OSError()
    with pytest.raises(CognitoError) as raised:
        shelf.keys.get("id-key")
    assert raised.value.code == UNREACHABLE
    shelf.body = pair.jwks()
    assert shelf.keys.get("id-key")  # and the next sign-in tries again


def test_t077_keys_for_encryption_are_not_for_signatures(pair: Issuer) -> None:
    shelf = Shelf(Issuer(issuer="i", client_id="c", keys=pair.keys, use="enc"))
    with pytest.raises(CognitoError):
        shelf.keys.get("id-key")


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(body=b"x" * 10_000_000), Answer(status=302), Answer(cut=True)],
    ids=["500", "10 MB", "redirect", "cut"],
)
def test_t077_over_the_network(stub: Stub, answer: Answer) -> None:
    stub.answers["GET"] = answer
    with pytest.raises(CognitoError) as raised:
        jwks.keys(f"{stub.url}/jwks.json").get("id-key")
    assert raised.value.code == UNREACHABLE


def test_t077_only_web_addresses_are_fetched() -> None:
    with pytest.raises(CognitoError):
        jwks.Keys("file:///etc/passwd", fetch=jwks._over_network).get("id-key")
