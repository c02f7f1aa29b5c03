"""What a device sends to be known, held to recorded vectors of other clients."""

import json
from pathlib import Path

from flows.cognito import devices
from flows.cognito.devices import Device
from flows.cognito.outcome import NewDevice

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "srp-vectors.json").read_text(encoding="utf-8"))


def test_t010_the_verifier_is_that_of_other_clients() -> None:
    [vector] = [vector for vector in VECTORS["vectors"] if vector["kind"] == "device"]
    given = vector["inputs"]
    device = Device(key=given["DeviceKey"], group=given["DeviceGroupKey"], secret=given["randomPassword"])
    made = devices.verifier(device, salt=int(given["salt_int_hex"], 16))
    assert made == vector["confirm_device"]["DeviceSecretVerifierConfig"]


def test_a_secret_is_made_anew_and_shows_in_no_log() -> None:
    new = NewDevice(key="us-east-1_key", group="-group")
    first, second = devices.make(new), devices.make(new)
    assert first.secret != second.secret
    assert first.secret not in repr(first)
