"""GetSigningCertificate gives a certificate that anyone can check."""

import base64
from datetime import timedelta

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from flows.pool.issuing import keys
from flows.pool.models import UserPool
from flows.pool.tools import Tools
from tests.pool.conftest import World


def certificate(world: World) -> x509.Certificate:
    text = world("GetSigningCertificate", UserPoolId=world.pool_id)["Certificate"]
    return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))


def test_it_is_of_the_key_that_signs_id_tokens(world: World) -> None:
    found = certificate(world)
    found.verify_directly_issued_by(found)
    key = found.public_key()
    assert isinstance(key, RSAPublicKey)
    token = world.sign_in()["IdToken"]
    assert jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})["token_use"] == "id"


def test_it_stays_the_same_for_ten_years(world: World) -> None:
    found = certificate(world)
    made_at = world.clock().replace(microsecond=0)
    assert found.not_valid_before_utc == made_at
    assert found.not_valid_after_utc == made_at + timedelta(days=3650)
    world.clock.forward(days=30)
    assert certificate(world) == found
    assert found.subject.rfc4514_string() == f"CN={world.pool_id}"


def test_a_new_key_has_another(world: World) -> None:
    found = certificate(world)
    tools = Tools(endpoint="", deliver=lambda _, __: None, now=world.clock)
    keys.make_signing_keys(UserPool.objects.get(pk=world.pool_id), tools=tools)
    assert certificate(world).serial_number != found.serial_number


@pytest.mark.parametrize("pool_id", ["us-east-1_123456789"])
def test_no_such_pool(world: World, pool_id: str) -> None:
    told = ("ResourceNotFoundException", f"User pool {pool_id} does not exist.")
    assert world.refusal("GetSigningCertificate", UserPoolId=pool_id) == told
