"""``manage.py diagrams``: files that stand alone, in other people's documentation too."""

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from flows.diagrams import flow_map, sequence, state_mermaid
from tests.diagrams import pictures
from tests.environment import ROOT, bare

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("map.mmd", "map.svg", "sequence.mmd", "sequence.svg")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    call_command("diagrams", output=tmp_path, stdout=StringIO())
    return tmp_path


def test_every_flow_has_its_files(written: Path) -> None:
    slugs = [flow.lower().replace("_", "-") for flow in flow_map.names()]
    assert {each.name for each in written.iterdir()} == {f"{slug}.{kind}" for slug in slugs for kind in KINDS}


def test_it_says_what_it_wrote(tmp_path: Path) -> None:
    out = StringIO()
    call_command("diagrams", "user-auth", "CUSTOM_WITH_SRP", output=tmp_path / "new" / "folder", stdout=out)
    said = [line.removesuffix(" written") for line in out.getvalue().splitlines()]
    assert sorted(said) == sorted(str(each) for each in (tmp_path / "new" / "folder").iterdir())
    assert [Path(each).name for each in said[::4]] == ["user-auth.map.svg", "custom-auth.map.svg"]


def test_a_picture_needs_nothing_else(written: Path) -> None:
    """Well-formed, named, with a style for each kind of screen that refers to nothing outside."""
    for path in written.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        picture = pictures.parse(text)
        assert picture.tag == f"{SVG}svg"
        assert picture.findtext(f"{SVG}title")
        style = picture.findtext(f"{SVG}style") or ""
        assert "prefers-color-scheme: dark" in style
        assert "forced-colors: active" in style
        assert not re.search(r"var\(|light-dark|url\(|@import|--d-", style)
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_a_mermaid_file_says_the_same(written: Path) -> None:
    for path in written.glob("*.map.mmd"):
        assert state_mermaid.parse(path.read_text(encoding="utf-8")).nodes
    for path in written.glob("*.sequence.mmd"):
        parsed = sequence.parse_mermaid(path.read_text(encoding="utf-8"))
        drawn = pictures.parse(path.with_suffix(".svg").read_text(encoding="utf-8"))
        said = "".join("".join(each.itertext()) for each in drawn.iter(f"{SVG}text"))
        assert len(parsed.messages) > 3
        assert all(label in said for _, label in parsed.participants)


@pytest.mark.parametrize("name", ["NOPE", "", "../user-auth"])
def test_a_flow_that_there_is_not_is_refused_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no flow .*USER_SRP_AUTH, USER_AUTH"):
        call_command("diagrams", "USER_AUTH", name, output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CommandError, match=r"Cannot write to .*file"):
        call_command("diagrams", output=tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_it_works_in_front_of_a_real_pool_and_without_a_database(tmp_path: Path) -> None:
    environment = bare() | {
        "DEMO": "0",
        "SECRET_KEY": "x" * 50,
        "COGNITO_USER_POOL_ID": "eu-central-1_Abcdefghi",
        "COGNITO_CLIENT_ID": "1example23456789",
        "AWS_REGION": "eu-central-1",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "DATA_DIR": str(tmp_path / "var"),
    }
    command = [sys.executable, "manage.py", "diagrams", "USER_AUTH", f"--output={tmp_path / 'out'}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").iterdir())) == len(KINDS)
