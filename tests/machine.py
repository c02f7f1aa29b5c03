"""What the tests need of the machine besides Python: found, or installed by ``python -m tests.machine chromium ...``.

Chromium: one that is installed, else Playwright's, else the system's package. Node.js: one that is installed, else the
system's package. What can be had in none of these ways is an error that says what to install, never a skipped test.
"""

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

NODE_VERSION = 18  # Debian 12's
CLIENTS = Path(__file__).parent / "clients"
MACS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


class Missing(Exception):
    """Something is not installed; the text says what to do about it."""


# -- Finding -------------------------------------------------------------------------------------------------------
def chromium() -> str:
    """The path of a Chromium or Chrome that starts. ``TEST_CHROMIUM`` names one. Raises Missing."""
    named = os.environ.get("TEST_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", MACS]
    for name in names:
        if (path := shutil.which(name)) and _starts(path):
            return path
    if not named and _starts(path := _playwrights_chromium()):
        return path
    raise Missing("Chromium is missing. Run 'make test', or install the package 'chromium', or set TEST_CHROMIUM=path.")


def node() -> str:
    """The path of Node.js, recent enough. Raises Missing."""
    path = shutil.which("node") or shutil.which("nodejs")
    version = _output([path, "--version"]) if path else ""
    if not path or int(version.removeprefix("v").partition(".")[0] or 0) < NODE_VERSION:
        raise Missing(
            f"Node.js {NODE_VERSION} or newer is missing{f' (found {version})' if version else ''}. "
            "Install the packages 'nodejs' and 'npm'."
        )
    return path


def node_packages() -> Path:
    """The folder with the other vendors' clients, as package-lock.json pins them. Raises Missing."""
    installed = CLIENTS / "node_modules" / "installed-package-lock.json"
    if not installed.exists() or not filecmp.cmp(CLIENTS / "package-lock.json", installed, shallow=False):
        raise Missing("The Node packages are missing. Run 'make test', or 'npm ci' in tests/clients.")
    return installed.parent


def postgresql() -> Path:
    """The folder of PostgreSQL's programs, newest version first. Raises Missing."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    found = shutil.which("initdb")
    for folder in [*packaged, *([Path(found).parent] if found else [])]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Missing("PostgreSQL is missing. Run 'make test', or install the package 'postgresql'.")


def _playwrights_chromium() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    return bool(_output([path, "--version"]))


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


# -- Installing ----------------------------------------------------------------------------------------------------
def install_chromium() -> None:
    if not _there(chromium):
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if not _there(chromium):
        _install_packages("chromium", "fonts-liberation")
    chromium()


def install_node() -> None:
    if not _there(node) or not shutil.which("npm"):
        _install_packages("nodejs", "npm")
    node()
    if not _there(node_packages):
        # No package of ours needs an install script, so none gets to run one.
        if not _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=CLIENTS):
            raise Missing("'npm ci' failed in tests/clients: see above.")
        shutil.copy(CLIENTS / "package-lock.json", CLIENTS / "node_modules" / "installed-package-lock.json")
    node_packages()


def install_postgresql() -> None:
    if not _there(postgresql):
        _install_packages("postgresql")
    postgresql()


def _there(find: Callable[[], object]) -> bool:
    try:
        find()
    except Missing:
        return False
    return True


def _install_packages(*names: str) -> None:
    """With apt, which needs root. Raises Missing with the command for a person to run."""
    command = f"apt-get update && apt-get install {' '.join(names)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(f"Missing: {', '.join(names)}. On Debian and Ubuntu, as root:  {command}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-qq"], env=environment)
    if not _run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *names], env=environment):
        raise Missing(f"This failed: {command}")


def _run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> bool:
    print("+", " ".join(command), flush=True)  # noqa: T201 - a command-line program
    try:
        return subprocess.run(command, cwd=cwd, env=env, check=False).returncode == 0
    except OSError as error:
        print(error)  # noqa: T201
        return False


INSTALLERS = {"chromium": install_chromium, "node": install_node, "postgresql": install_postgresql}

if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        try:
            INSTALLERS[wanted]()
        except Missing as missing:
            sys.exit(f"\n{missing}")
