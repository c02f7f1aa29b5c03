"""Every member and every byte of what a browser sends, bent: refused by a declared code, and never an error of ours."""

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.authenticator import (
    AT,
    DEVICE_BOUND,
    ED,
    SYNCED,
    Authenticator,
    authenticator_data,
    cbor,
    cose,
    decode,
    encode,
    new_key,
)
from tests.pool.conftest import World
from tests.pool.passkeys import NOT_ACCEPTED, Victim, answer, ask, complete, listed, options, start

NOT_SUPPORTED = "WebAuthnCredentialNotSupportedException"
ORIGIN = "WebAuthnOriginNotAllowedException"
RELYING_PARTY = "WebAuthnRelyingPartyMismatchException"
CHALLENGE = "WebAuthnChallengeNotFoundException"
MALFORMED = "InvalidParameterException"
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def victim(world: World) -> Victim:
    return Victim.of(world)


# -- Members
ABSENT = object()
WRONG = [ABSENT, None, 7, True, [], {}, "", "=", "AAAA=", "AA+/", "A", "AB", "\u00e9", "A" * 5000, ["AAAA"]]
REGISTRATION = ["id", "rawId", "type", "response", "response.clientDataJSON", "response.attestationObject"]
ASSERTION = [
    *("id", "rawId", "type", "response"),
    *("response.clientDataJSON", "response.authenticatorData", "response.signature"),
]


def with_member(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    bent = copy.deepcopy(document)
    *holders, name = path.split(".")
    holder = bent
    for each in holders:
        holder = holder[each]
    if value is ABSENT:
        del holder[name]
    else:
        holder[name] = value
    return bent


@pytest.mark.parametrize("path", REGISTRATION)
def test_t105_every_member_of_a_registration(victim: Victim, path: str) -> None:
    made = Authenticator().register(start(victim.world, victim.token))
    for value in WRONG:
        assert victim.completing(with_member(made, path, value)) == MALFORMED, value
    victim.world("CompleteWebAuthnRegistration", **complete(victim.token, made))


def test_t105_another_spelling_of_the_same_bytes(victim: Victim) -> None:
    """The last letter of 37 bytes has four bits to spare."""
    for spell in (
        lambda text: f"{text[:-1]}{chr(ord(text[-1]) + 1)}",
        lambda text: f"{text}==",
        lambda text: f"{text}\n",
    ):
        refused = victim.signing_in(
            lambda said, spell=spell: with_member(
                said, "response.authenticatorData", spell(said["response"]["authenticatorData"])
            )
        )
        assert refused == NOT_ACCEPTED


@pytest.mark.parametrize("path", ASSERTION)
def test_t105_every_member_of_an_assertion(victim: Victim, path: str) -> None:
    for value in WRONG:
        bend = lambda said, value=value: with_member(said, path, value)  # noqa: E731
        assert victim.signing_in(bend) == NOT_ACCEPTED, value
    assert victim.signs_in()


def test_t105_a_user_handle_that_is_there_is_one(victim: Victim) -> None:
    for value in [7, True, [], {}, "", "=", "AB", encode(b"somebody else")]:
        assert victim.signing_in(lambda said, value=value: with_member(said, "response.userHandle", value)) == (
            NOT_ACCEPTED
        )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("response.transports", "usb"),
        ("response.transports", [7]),
        ("response.transports", {}),
        ("clientExtensionResults", []),
        ("clientExtensionResults", None),
        ("clientExtensionResults", "text"),
    ],
)
def test_t105_members_that_may_be_absent(victim: Victim, path: str, value: Any) -> None:
    made = Authenticator().register(start(victim.world, victim.token))
    assert victim.completing(with_member(made, path, value)) == MALFORMED


@pytest.mark.parametrize("value", [7, ["platform"], {}, "neither", None])
def test_t105_an_attachment_that_nobody_knows_is_none(victim: Victim, value: Any) -> None:
    made = Authenticator().register(start(victim.world, victim.token))
    made = with_member(with_member(made, "authenticatorAttachment", value), "response.transports", ["telepathy", "usb"])
    victim.world("CompleteWebAuthnRegistration", **complete(victim.token, made))
    newest = listed(victim.world, victim.token)[-1]
    assert "AuthenticatorAttachment" not in newest
    assert newest["AuthenticatorTransports"] == ["usb"]


def test_t105_documents_that_are_no_credential(victim: Victim) -> None:
    for document in [[], "text", 7, True, {}, {"id": "x"}, [{}]]:
        assert victim.completing(document) == MALFORMED, document


def test_t105_texts_that_are_no_credential(victim: Victim) -> None:
    for text in ["[]", "7", "null", "{", "{}", "[" * 100_000, '{"id":1,"id":2}', "\ufeff{}", " "]:
        assert victim.signing_in(lambda _, text=text: text) == NOT_ACCEPTED, text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@many
@given(value=json_values, path=st.sampled_from([*ASSERTION, *REGISTRATION]))
def test_t105_any_json_in_any_place(victim: Victim, value: Any, path: str) -> None:
    made = Authenticator().register(start(victim.world, victim.token))
    if path in REGISTRATION and not (path == "type" and value == "public-key"):
        assert victim.completing(with_member(made, path, value)) in (MALFORMED, "SerializationException")
    if path in ASSERTION and not (path == "type" and value == "public-key"):
        assert victim.signing_in(lambda said: with_member(said, path, value)) == NOT_ACCEPTED


# -- CBOR
P256 = cose(new_key())


def test_t101_hostile_cbor_in_place_of_the_key(victim: Victim) -> None:
    for key in [
        b"",
        b"\x81" * 5000,
        b"\xa1" * 5000,
        b"\x9b" + b"\xff" * 8,
        b"\xbb" + b"\xff" * 8,
        b"\x5b" + b"\xff" * 8,
        b"\x9f\xff",
        b"\xc0\x00",
        b"\xf9\x00\x00",
        b"\xf6",
        b"\x61\xff",
        b"\x1c",
        b"\x18",
        cbor(P256) + b"\0",
        cbor(P256)[:-1],
        b"\xa6" + cbor(P256)[1:] + cbor(3) + cbor(-7),
        b"\xa5" + cbor(P256)[1:].replace(b"\x58\x20", b"\x59\x00\x20", 1),
        cbor([1, 2, 3]),
        cbor("text"),
        b"\xa5\xa0" + cbor(P256)[2:],
        b"\xa1\x80\x00",
    ]:
        made = Authenticator().register(start(victim.world, victim.token), cose_key=key or b"\xff")
        assert victim.completing(made) == MALFORMED, key


def attestation(data: bytes) -> bytes:
    return cbor({"fmt": "none", "attStmt": {}, "authData": data})


HEAD = authenticator_data("localhost", AT | SYNCED, 0)


def test_t101_hostile_attestation_objects(victim: Victim) -> None:
    for raw in [
        b"",
        b"\x81" * 5000,
        b"\x9b" + b"\xff" * 8,
        b"\xbb" + b"\xff" * 8,
        cbor([]),
        cbor({}),
        cbor({"fmt": "none", "attStmt": {}}),
        cbor({"fmt": "none", "attStmt": {}, "authData": "text"}),
        cbor({"fmt": "none", "attStmt": {}, "authData": 5}),
        attestation(b""),
        attestation(HEAD[:36]),
        attestation(HEAD),
        attestation(HEAD + bytes(17)),
        attestation(HEAD + bytes(16) + b"\xff\xff" + bytes(40)),
        attestation(HEAD[:32] + b"\x1d" + bytes(4)),
        attestation(b"") + b"\0",
        b"\xa4" + attestation(b"")[1:] + cbor("fmt") + cbor("packed"),
        cbor({"fmt": "none", "attStmt": {}, "authData": bytes(17000)}),
    ]:
        made = Authenticator().register(start(victim.world, victim.token))
        made["response"]["attestationObject"] = encode(raw)
        assert victim.completing(made) == MALFORMED, raw


def test_t101_hostile_extensions(victim: Victim) -> None:
    for extensions in [b"", b"\xa1", b"\xa0\0", b"\x81" * 3000, b"\xa2\x61a\x01\x61a\x02"]:
        assert victim.registering(flags=DEVICE_BOUND | ED, extensions=extensions) == MALFORMED, extensions
        assert victim.signing_in(flags=SYNCED | ED, tail=extensions) == NOT_ACCEPTED, extensions


def test_t101_other_spellings_of_a_sound_attestation_object(victim: Victim) -> None:
    made = Authenticator().register(start(victim.world, victim.token))
    sound = decode(made["response"]["attestationObject"])
    bent = {
        "a key twice": b"\xa4" + sound[1:] + cbor("fmt") + cbor("none"),
        "a longer head": b"\xb8\x03" + sound[1:],
        "something behind": sound + b"\0",
        "cut text": b"\xa4" + sound[1:] + b"\x61a" + b"\x65cut",
    }
    for name, raw in bent.items():
        assert victim.completing(with_member(made, "response.attestationObject", encode(raw))) == MALFORMED, name
    victim.world("CompleteWebAuthnRegistration", **complete(victim.token, made))


@pytest.mark.parametrize("tail", [b"\0", b"\xa0", bytes(18000)])
def test_t101_leftover_bytes(victim: Victim, tail: bytes) -> None:
    assert victim.registering(extensions=tail) == MALFORMED
    assert victim.signing_in(tail=tail) == NOT_ACCEPTED


@many
@given(data=st.data())
def test_t101_any_byte_of_an_attestation_object_cut_or_changed(victim: Victim, data: st.DataObject) -> None:
    """Refused or, where nothing is signed (the AAGUID, another key), another passkey of hers: never an error."""
    made = Authenticator().register(start(victim.world, victim.token))
    raw = bytearray(decode(made["response"]["attestationObject"]))
    at, change = data.draw(st.integers(0, 2**16)) % len(raw), data.draw(st.integers(0, 255))
    if change:
        raw[at] ^= change
    else:
        del raw[at:]
    made["response"]["attestationObject"] = encode(bytes(raw)) or "A"
    with suppress(ClientError):  # of a declared code, says the judge
        victim.world("CompleteWebAuthnRegistration", **complete(victim.token, made))
        assert change, "what is cut is never whole"
    for each in listed(victim.world, victim.token)[1:]:
        victim.world("DeleteWebAuthnCredential", AccessToken=victim.token, CredentialId=each["CredentialId"])


# -- Client data
GOOD = '"challenge":"CHALLENGE","origin":"http://localhost:8000"'


def test_t102_hostile_client_data(victim: Victim) -> None:
    for raw in [
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"",
        b"[" * 90_000,
        b'{"a":' * 5000,
        b"\xef\xbb\xbf{TYPE," + GOOD.encode() + b"}",
        b"{TYPE," + GOOD.encode() + b',"origin":"http://localhost:8000"}',
        b"{TYPE,TYPE," + GOOD.encode() + b"}",
        b"{TYPE," + GOOD.encode() + b',"crossOrigin":"no"}',
        b"{TYPE," + GOOD.encode() + b',"crossOrigin":null}',
        b"{TYPE," + GOOD.encode() + b',"x":NaN}',
        b'{"type":["TYPE"],' + GOOD.encode() + b"}",
        b'{"type":7,' + GOOD.encode() + b"}",
        b"{" + GOOD.encode() + b"}",
        b'{TYPE,"origin":"http://localhost:8000"}',
        b'{TYPE,"challenge":"","origin":"http://localhost:8000"}',
        b'{TYPE,"challenge":"CHALLENGE=","origin":"http://localhost:8000"}',
        b'{TYPE,"challenge":16,"origin":"http://localhost:8000"}',
        b'{TYPE,"challenge":"CHALLENGE"}',
        b'{TYPE,"challenge":"CHALLENGE","origin":["http://localhost:8000"]}',
        b'{TYPE,"challenge":"CHALLENGE","origin":null}',
    ]:
        begun = start(victim.world, victim.token)
        bent = raw.replace(b"TYPE", b'"type":"webauthn.create"').replace(b"CHALLENGE", begun["challenge"].encode())
        assert victim.completing(Authenticator().register(begun, client_data=bent)) == MALFORMED, raw
        asked = ask(victim.world)
        challenge = json.loads(options(asked))["challenge"].encode()
        bent = raw.replace(b"TYPE", b'"type":"webauthn.get"').replace(b"CHALLENGE", challenge)
        said = victim.phone.authenticate(options(asked), client_data=bent)
        refused = victim.world.refusal("RespondToAuthChallenge", **answer(victim.world, asked, said))
        assert refused == NOT_ACCEPTED, raw
