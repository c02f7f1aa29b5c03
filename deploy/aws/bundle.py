"""Makes the zip file that AWS Lambda runs the triggers from: flows/triggers/ and its pinned requirements.

    python deploy/aws/bundle.py var/triggers.zip                 # Python 3.13 on arm64, as template.yaml has it
    python deploy/aws/bundle.py --for-this-machine out.zip       # to try it here

The same files in, the same bytes out: names in order, one date, nothing that tells where it was made. boto3 is not in
it, because Lambda's Python brings it along (requirements/triggers.in, BY_LAMBDA in the Makefile).
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements" / "triggers.txt"
PLATFORMS = {"arm64": "aarch64", "x86_64": "x86_64"}
# Lambda's Python 3.12 and newer run on Amazon Linux 2023, with glibc 2.34.
MANYLINUX = ("manylinux_2_34", "manylinux_2_28", "manylinux2014")
LEFT_OUT = {"__pycache__", "bin", "LC_MESSAGES"}  # scripts that name the interpreter; Django's translations
RECORD = "RECORD"  # pip's list of what it installed, those scripts included
LARGEST = 250 * 1024 * 1024  # bytes unpacked, Lambda's own limit


def requirements_into(folder: Path, *, python: str, architecture: str | None) -> None:
    """The pinned packages as wheels; for this interpreter when no architecture is named."""
    options = ["--python-version", python] if architecture else []
    for manylinux in MANYLINUX if architecture else ():
        options += ["--platform", f"{manylinux}_{PLATFORMS[architecture or '']}"]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    exactly = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", str(REQUIREMENTS)]
    subprocess.run([*pip, *exactly, *options, "--target", str(folder)], check=True)  # noqa: S603 - pip, our own list


def contents(packages: Path) -> Iterator[tuple[str, Path]]:
    """Name in the bundle and file, ours first."""
    ours = ROOT / "flows"
    for path in (ours / "__init__.py", *(ours / "triggers").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path
    for path in packages.rglob("*"):
        if path.is_file() and path.name != RECORD and not LEFT_OUT & set(path.relative_to(packages).parts):
            yield path.relative_to(packages).as_posix(), path


def write(output: Path, files: Iterator[tuple[str, Path]]) -> None:
    """Readable by everybody: Lambda runs functions as a user of its own."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, path in sorted(files):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            bundle.writestr(info, path.read_bytes())
        unpacked = sum(info.file_size for info in bundle.infolist())
    if unpacked > LARGEST:
        raise SystemExit(f"{output} unpacks to {unpacked} bytes, more than Lambda takes.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the bundle of the Lambda triggers.")
    parser.add_argument("output", type=Path)
    parser.add_argument("--python", default="3.13", help="Lambda's runtime, without 'python'")
    parser.add_argument("--architecture", choices=PLATFORMS, default="arm64")
    parser.add_argument("--for-this-machine", action="store_true")
    arguments = parser.parse_args()
    architecture = None if arguments.for_this_machine else arguments.architecture
    with tempfile.TemporaryDirectory() as folder:
        requirements_into(Path(folder), python=arguments.python, architecture=architecture)
        write(arguments.output, contents(Path(folder)))
    print(f"{arguments.output}: {arguments.output.stat().st_size / 1024 / 1024:.1f} MB")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
