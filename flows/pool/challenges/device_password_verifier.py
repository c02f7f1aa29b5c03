"""DEVICE_PASSWORD_VERIFIER: the client's proof that it is a remembered device (SRP-6a, as for a password)."""

from collections.abc import Mapping
from typing import Any

from flows.pool import lockout, sealing
from flows.pool.attempt import Attempt
from flows.pool.device_tracking import device_records, devices
from flows.pool.errors import missing_parameter
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.models import AppClient, Device
from flows.pool.outcomes import Ask, Onward, Outcome, Passed
from flows.pool.proofs import secret_blocks
from flows.pool.proofs.secret_blocks import Secret
from flows.pool.reasons import Because
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.DEVICE_PASSWORD_VERIFIER


def ask(attempt: Attempt, tools: Tools) -> Onward:
    """Never on its own: the proof starts from the client's SRP_A, see ``ask_for_proof``."""
    raise missing_parameter("SRP_A")


def ask_for_proof(attempt: Attempt, device: Device, public: int, tools: Tools, *, with_session: bool) -> Ask:
    """The challenge for the client's public value A."""
    also = {"DEVICE_KEY": device.key}
    secret = _secret_of(device)
    why = Because.DEVICE_SRP_A_GIVEN
    return secret_blocks.ask(NAME, attempt, secret, public, why=why, also=also, tools=tools, with_session=with_session)


def recover(client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending:
    return secret_blocks.recover(NAME, client, responses, tools)


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """Passed for a right proof. Wrong ones lock the device, not the user: a stranger's wrong passwords must not keep
    out whoever has proved the password (T028)."""
    device = devices.answering(attempt, responses)
    proof = secret_blocks.read_proof(NAME, attempt.client, private, responses)
    lock = sealing.keyed_hash("device attempts", device.key.encode())
    lockout.require_unlocked(lock, tools=tools)
    if not proof.is_of(_secret_of(device)):
        lockout.count_failure(lock, tools=tools)
        raise incorrect_username_or_password()

    def authenticate() -> None:
        lockout.clear(lock, tools=tools)
        device_records.authenticated(device, tools=tools)

    return Passed(NAME, effect=authenticate)


def _secret_of(device: Device) -> Secret:
    verifier = device_records.verifier_of(device)
    return Secret(salt=bytes(device.salt), verifier=verifier, names=(device.group_key, device.key))
