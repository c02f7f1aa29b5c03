"""Our browser modules under Node: srp.mjs by vectors and other vendors' clients, webauthn.mjs on a page of fakes.

As ``node --test tests/vectors/``.
"""

import subprocess
from pathlib import Path

import pytest

from tests import machine

HERE = Path(__file__).parent


def _passes(script: str) -> None:
    command = [machine.node(), "--test", "--test-reporter=tap", HERE / script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "# skipped 0" in done.stdout


@pytest.mark.clients
def test_t010_the_module_reproduces_the_vectors() -> None:
    _passes("srp.test.mjs")


@pytest.mark.clients
def test_t010_the_module_agrees_with_other_clients() -> None:
    machine.node_packages()
    _passes("clients.test.mjs")


@pytest.mark.clients
def test_t107_the_passkey_module_never_ends_in_silence() -> None:
    _passes("webauthn.test.mjs")
