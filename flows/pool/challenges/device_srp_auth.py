"""DEVICE_SRP_AUTH: the client's SRP_A for the proof that it is a remembered device.

pycognito answers it without the Session. Who names nothing but a user and a device has proved nothing, so such an
answer is found by the client's A too, and only by the very A that has proved the password in this attempt: whoever goes
on from there must know its private exponent, and that is who knew the password. Any other answer needs the Session.
"""

from collections.abc import Mapping
from typing import Any

from flows.pool import sealing, sessions
from flows.pool.attempt import Attempt
from flows.pool.challenges import device_password_verifier
from flows.pool.device_tracking import devices
from flows.pool.errors import missing_parameter
from flows.pool.models import AppClient
from flows.pool.outcomes import Ask, Onward, Outcome
from flows.pool.proofs import secret_blocks
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.DEVICE_SRP_AUTH


def ask(attempt: Attempt, tools: Tools) -> Onward:
    return Ask(
        challenge=NAME,
        parameters={"USERNAME": attempt.username, "DEVICE_KEY": attempt.device_key},
        private={"alone": False},
        found_by=_found_by(attempt.client, attempt.device_key, attempt.srp_a) if attempt.srp_a else None,
    )


def recover(client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending:
    """The newest attempt of this device whose password was proved with the same SRP_A; the engine compares USERNAME."""
    for name in ("USERNAME", "DEVICE_KEY"):
        if not responses.get(name):
            raise missing_parameter(name)
    srp_a = secret_blocks.fingerprint(secret_blocks.read_public_value(responses))
    found_by = _found_by(client, responses["DEVICE_KEY"], srp_a)
    pending = sessions.find_newest(found_by, client=client, challenge=NAME, tools=tools)
    return Pending(attempt=pending.attempt, challenge=NAME, private={"alone": True}, use_up=pending.use_up)


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """On to the proof, which comes without a Session to whoever needed none here."""
    public = secret_blocks.read_public_value(responses)
    device = devices.answering(attempt, responses)
    return device_password_verifier.ask_for_proof(attempt, device, public, tools, with_session=not private["alone"])


def _found_by(client: AppClient, device_key: str, srp_a: str) -> bytes:
    return sealing.keyed_hash("device sign-in", f"{client.pk}\n{device_key}\n{srp_a}".encode("utf-8", "replace"))
