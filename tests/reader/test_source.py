"""/docs/source/ shows the files that are listed, and nothing else of this machine (T158)."""

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from tests.docs.test_docs import ROOT
from tests.reader.markup import get

FOREIGN = [
    "../../etc/passwd",
    "../../../../../../etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "flows/../../../etc/passwd",
    "flows/../manage.py",
    "flows/./terms.py",
    "flows//terms.py",
    "flows\\terms.py",
    "flows/terms.py\0",
    "flows/terms.py\0.md",
    "FLOWS/terms.py",
    "flows/%2e%2e/manage.py",
    "%2e%2e/%2e%2e/etc/passwd",
    ".env",
    ".git/config",
    ".",
    "..",
    "manage.py",
    "pyproject.toml",
    "requirements/base.txt",
    "var/secrets/SECRET_KEY",
    "var/db.sqlite3",
    "deploy/.env",
    "tests/clients/node_modules/.package-lock.json",
    "flows/__pycache__",
    "docs/images/sign-in.png",
    "~root/.ssh/id_rsa",
    "file:///etc/passwd",
    "C:/Windows/win.ini",
    "flows/terms.py/",
]


def lines_of(name: str) -> dict[str, str]:
    """The HTML of each line of a file, by its number."""
    page = Client().get(f"/docs/source/{name}").content.decode()
    return dict(re.findall(r'<span id="L(\d+)">(.*)\n</span>', page))


def once(name: str) -> str:
    return quote(name, safe="/")


def twice(name: str) -> str:
    return quote(quote(name, safe=""))


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("encode", [once, twice])
def test_t158_what_is_not_listed_is_not_there(name: str, encode: Callable[[str], str]) -> None:
    assert Client().get(f"/docs/source/{encode(name)}").status_code == 404


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("encode", [once, twice])
def test_t158_docs_are_no_way_out_either(name: str, encode: Callable[[str], str]) -> None:
    assert Client().get(f"/docs/{encode(name)}").status_code == 404


def test_t158_links_and_hidden_files_of_the_folders_are_not_listed(tmp_path: Path, settings: Settings) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("SECRET = 1")
    folder = tmp_path / "repository" / "flows"
    for inside in ("", "secrets", "var", ".hidden", "__pycache__", "node_modules"):
        (folder / inside).mkdir(parents=True, exist_ok=True)
        (folder / inside / "a.py").write_text("A = 1")
    (folder / "link.py").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    for name in (".env", ".hidden.py", "key.pem", "prod.env", "db.sqlite3", "settings.toml"):
        (folder / name).write_text("x")
    (folder / "huge.py").write_text("x" * 400_000)
    os.mkfifo(folder / "pipe.py")
    settings.BASE_DIR = tmp_path / "repository"

    assert set(get("/docs/source/flows").addresses()) >= {"/docs/source/flows/a.py"}
    listed = [each for each in get("/docs/source/flows").addresses() if each.startswith("/docs/source/flows/")]
    assert listed == ["/docs/source/flows/a.py"]
    for name in ("link.py", "linked/secret.py", "secrets/a.py", "var/a.py", ".hidden/a.py", "key.pem", "pipe.py"):
        get(f"/docs/source/flows/{name}", status=404)


def test_a_file_is_shown_with_its_lines_numbered() -> None:
    shown = lines_of("flows/signin/views.py")
    assert list(shown) == [str(number) for number in range(1, len(shown) + 1)]
    lines = (ROOT / "flows" / "signin" / "views.py").read_text(encoding="utf-8").splitlines()
    assert [unescape(re.sub(r"</?span[^>]*>", "", line)) for line in shown.values()] == lines


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("flows/terms.py", '<span class="hl-keyword">class</span>'),
        ("templates/base.html", '<span class="hl-name">body</span>'),
        ("static/flows/ui.mjs", '<span class="hl-keyword">const</span>'),
        ("static/flows/site.css", '<span class="hl-name">body</span>'),
        ("deploy/aws/template.yaml", '<span class="hl-name">Resources</span>'),
        ("docs/tour.md", '<span class="hl-keyword"># '),
    ],
)
def test_words_of_a_language_are_told_apart(name: str, part: str) -> None:
    assert any(part in line for line in lines_of(name).values())


def test_a_docstring_over_several_lines_is_one_in_each() -> None:
    before, empty, after = list(lines_of("flows/reader/source.py").values())[:3]
    assert before.startswith('<span class="hl-comment">&quot;&quot;&quot;')
    assert empty == ""
    assert after.startswith('<span class="hl-comment">')


def test_markup_in_a_file_is_text() -> None:
    html = Client().get("/docs/source/templates/base.html").content.decode()
    assert "&lt;!doctype html&gt;" in html
    assert html.count("<!doctype html>") == 1


def test_a_folder_says_what_is_in_it() -> None:
    page = get("/docs/source/flows/signin")
    assert "The loop that a browser sees" in page.text
    assert "/docs/source/flows/signin/views.py" in page.all("href")
    assert "/docs/source/flows" in page.all("href")  # the way up
    assert "/docs/source/flows/signin" in get("/docs/source/flows").all("href")
    assert {"/docs/source/flows", "/docs/source/templates"} <= set(get("/docs/source/").all("href"))


def test_a_file_that_a_page_names_is_a_link() -> None:
    assert "/docs/source/flows/steps/forms/codes.py" in get("/docs/steps/email-otp").all("href")
