"""``manage.py serve``, as ``make run`` calls it: it says what is wrong before anything is started."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests import environment
from tests.live import Live


def serve(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=environment.ROOT,
        env=environment.bare() | {"DEMO": "1", "DATA_DIR": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_says_what_to_do_when_the_port_is_taken(tmp_path: Path, address: str) -> None:
    """On either address: a browser that resolves localhost to the other one would meet a stranger."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as stranger:
        stranger.bind((address, 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        done = serve(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_says_what_to_do_about_an_address_that_is_not_ours(tmp_path: Path) -> None:
    done = serve(tmp_path, HOST="192.0.2.1", PORT="8000")  # from a range that is only for documentation
    assert done.returncode == 1
    assert "Choose another with HOST=" in done.stderr


def test_localhost_is_reached_by_both_of_its_addresses(live: Live) -> None:
    for host in ("127.0.0.1", "[::1]", "localhost"):
        assert requests.get(f"http://{host}:{live.port}/healthz", timeout=10).status_code == 200


def test_says_where_to_go_and_who_can_sign_in(live: Live) -> None:
    assert live.url in live.log
    for user in live.config["users"]:
        assert f"{user['username']} " in live.log
        assert user["password"] in live.log


def test_starting_again_keeps_the_data_and_the_passwords(own_live: Live) -> None:
    before = own_live.config["users"]
    own_live.restart()
    assert requests.get(f"{own_live.url}/demo/config.json", timeout=10).json()["users"] == before
    assert own_live.log.count(before[0]["password"]) == 2


def test_ends_without_a_traceback(own_live: Live) -> None:
    assert own_live.stop() == 0
    assert "Traceback" not in own_live.log
