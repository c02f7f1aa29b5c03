"""What the tests need of the machine besides Python: found, or installed by ``python -m tests.machine chromium ...``.

``NEEDS`` is the table. What is missing is installed with apt by root; anybody else is told what to install, all of it
at once. It is never a silently skipped test.
"""

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

NODE_VERSION = 18  # Debian 12's
CLIENTS = Path(__file__).parent / "clients"
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Missing(Exception):
    """Something is not installed; the text says what to do about it."""


# -- Finding -------------------------------------------------------------------------------------------------------
def playwright_starts() -> None:
    """Playwright brings a Node.js of its own, which needs a library that a bare Debian has not. Raises Missing."""
    if not _output([sys.executable, "-m", "playwright", "--version"]):
        raise Missing("Playwright does not start. Run 'make test', or install the package 'libatomic1'.")


def chromium() -> str:
    """The path of a Chromium or Chrome that starts. ``TEST_CHROMIUM`` names one. Raises Missing."""
    named = os.environ.get("TEST_CHROMIUM")
    for name in [named] if named else CHROMIUMS:
        if (path := shutil.which(name)) and _starts(path):
            return path
    if not named and _there(playwright_starts) and _starts(path := _playwrights_chromium()):
        return path
    raise Missing("Chromium is missing. Run 'make test', or install the package 'chromium', or set TEST_CHROMIUM=path.")


def node() -> str:
    """The path of Node.js, recent enough. Raises Missing."""
    path = shutil.which("node") or shutil.which("nodejs")
    version = _output([path, "--version"]) if path else ""
    if not path or int(version.removeprefix("v").partition(".")[0] or 0) < NODE_VERSION:
        found = f" (found {version})" if version else ""
        raise Missing(f"Node.js {NODE_VERSION} or newer is missing{found}. Install the package 'nodejs'.")
    return path


def npm() -> str:
    """The path of npm. Raises Missing."""
    path = shutil.which("npm")
    if not path:
        raise Missing("npm is missing. Install the package 'npm'.")
    return path


def node_packages() -> Path:
    """The folder with the other vendors' clients, as package-lock.json pins them. Raises Missing."""
    installed = CLIENTS / "node_modules" / "installed-package-lock.json"
    if not installed.exists() or not filecmp.cmp(CLIENTS / "package-lock.json", installed, shallow=False):
        raise Missing("The Node packages are missing. Run 'make test', or 'npm ci' in tests/clients.")
    return installed.parent


def jq() -> str:
    """The path of jq, which the playground's commands for the AWS CLI need. Raises Missing."""
    path = shutil.which("jq")
    if not path:
        raise Missing("jq is missing. Run 'make test', or install the package 'jq'.")
    return path


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


def _there(find: Callable[[], object]) -> bool:
    try:
        find()
    except Missing:
        return False
    return True


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


# -- Installing ----------------------------------------------------------------------------------------------------
def install_playwrights_chromium() -> None:
    """For machines whose package 'chromium' is none of ours to install, or is no package (Ubuntu's is a snap)."""
    if _there(playwright_starts):
        _run([sys.executable, "-m", "playwright", "install", "chromium"])


def install_node_packages() -> None:
    # No package of ours needs an install script, so none gets to run one.
    if _there(npm) and _run([npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=CLIENTS):
        shutil.copy(CLIENTS / "package-lock.json", CLIENTS / "node_modules" / "installed-package-lock.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """``find`` raises Missing; ``install`` may help without root; ``packages`` are Debian's."""

    find: Callable[[], object]
    packages: tuple[str, ...] = ()
    install: Callable[[], None] | None = None

    def is_met(self) -> bool:
        return _there(self.find)


NEEDS = {
    "chromium": (
        Need(find=playwright_starts, packages=("libatomic1",)),
        Need(find=chromium, packages=("chromium", "fonts-liberation"), install=install_playwrights_chromium),
    ),
    "node": (
        Need(find=node, packages=("nodejs",)),
        Need(find=npm, packages=("npm",)),
        Need(find=node_packages, install=install_node_packages),
    ),
    "jq": (Need(find=jq, packages=("jq",)),),
    "postgresql": (Need(find=postgresql, packages=("postgresql",)),),
}


def provide(needs: list[Need]) -> None:
    """Meet every need, or raise Missing with what is left for a person to do."""
    for need in needs:
        if need.install and need.packages and not need.is_met():
            need.install()
    if packages := [name for need in needs if not need.is_met() for name in need.packages]:
        _install(packages)
    for need in needs:
        if need.install and not need.packages and not need.is_met():
            need.install()
        need.find()


def _install(packages: list[str]) -> None:
    """With apt, which needs root. Raises Missing with the command for a person to run."""
    command = f"apt-get update && apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(f"The tests need: {', '.join(packages)}. On Debian and Ubuntu, as root:\n  {command}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-qq"], env=environment)
    if not _run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages], env=environment):
        raise Missing(f"This failed: {command}")


def _run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> bool:
    print("+", " ".join(command), flush=True)  # noqa: T201 - a command-line program
    try:
        return subprocess.run(command, cwd=cwd, env=env, check=False).returncode == 0
    except OSError as error:
        print(error)  # noqa: T201
        return False


if __name__ == "__main__":
    try:
        provide([need for name in sys.argv[1:] for need in NEEDS[name]])
    except Missing as missing:
        sys.exit(f"\n{missing}")
