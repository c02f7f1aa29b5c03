"""The search: by word, beginning and name; the best first; whatever is asked stays text."""

import time
from pathlib import Path

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.docs.test_docs import DOCS, HEADING, anchor
from tests.reader.markup import Shown, get
from tests.reader.test_pages import FILES, address_of, write


def search(query: str, **headers: str) -> Shown:
    return get(f"/docs/?{urlencode({'q': query})}", **headers)


def found(query: str) -> list[str]:
    """The addresses of the results, the best first."""
    html = Client().get(f"/docs/?{urlencode({'q': query})}", headers={"HX-Request": "true"}).content.decode()
    results = html.partition('<ol class="results">')[2]
    return [line.split('"')[1] for line in results.splitlines() if line.startswith("<a href=")]


def headings() -> list[tuple[str, str]]:
    """(file, heading) outside of code."""
    pairs = []
    for file in FILES:
        text = "".join((DOCS / file).read_text(encoding="utf-8").split("```")[::2])
        pairs += [(file, heading.replace("`", "").replace("*", "")) for heading in HEADING.findall(text)]
    return pairs


def test_each_heading_is_found() -> None:
    """The page that has it; of a heading that many pages have, one of them."""
    everywhere = headings()
    missing = []
    for heading in dict.fromkeys(heading for _, heading in everywhere):
        wanted = {f"{address_of(file)}#{anchor(heading)}" for file, other in everywhere if other == heading}
        if not wanted & set(found(heading)):
            missing.append(heading)
    assert len(everywhere) > 100
    assert missing == []


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("PASSWORD_VERIFIER", "steps/password-verifier.md"),
        ("password_verifier", "steps/password-verifier.md"),
        ("EMAIL_OTP", "steps/email-otp.md"),
        ("email-otp", "steps/email-otp.md"),
        ("DEVICE_SRP_AUTH", "steps/device-srp.md"),
        ("ALLOW_USER_AUTH", "flows/user-auth.md"),
        ("T054", "steps/mfa-type.md"),
        ("USER_SRP_AUTH", "flows/user-srp-auth.md"),
        ("threat", "threat-model.md"),
        ("verif pass", "steps/password-verifier.md"),
        ("Session between", "protocol/sessions.md"),
        ("POOL_SENDER_CODES", "settings.md"),
        ("DefineAuthChallenge policy", "adr/0009-define-auth-challenge-is-the-policy.md"),
    ],
)
def test_names_are_found(query: str, page: str) -> None:
    assert address_of(page) in [address.partition("#")[0] for address in found(query)][:3]


def test_title_comes_before_heading_before_text(shelf: Path) -> None:
    write(shelf, "# Start\n\n[c](c.md) [b](b.md) [a](a.md)\n")
    write(shelf, "# One\n\nHere it says quokka.\n", "c.md")
    write(shelf, "# Two\n\n## The quokka\n\nNothing.\n", "b.md")
    write(shelf, "# Quokka\n\nNothing.\n", "a.md")
    assert found("quokka") == ["/docs/a#quokka", "/docs/b#the-quokka", "/docs/c#one"]


def test_whole_word_comes_before_beginning_before_part(shelf: Path) -> None:
    write(shelf, "# Start\n\n## A\n\nMY_NUMBAT\n\n## B\n\nnumbats\n\n## C\n\nnumbat\n\n## D\n\nwombat\n")
    assert found("numbat") == ["/docs/#c", "/docs/#b", "/docs/#a"]
    assert found("bat") == []


def test_all_words_must_be_there(shelf: Path) -> None:
    write(shelf, "# Start\n\n## A\n\nred green\n\n## B\n\nred\n")
    assert found("green red") == ["/docs/#a"]
    assert found("green blue") == []


def test_a_result_shows_where_and_marks_why() -> None:
    page = search("T054")
    assert page.marks
    assert set(page.marks) == {"T054"}
    assert "for “T054”" in page.text
    assert page.all("value", "input") == ["T054"]


@pytest.mark.parametrize("query", ["", " ", "_", "!!!", "\0"])
def test_no_word_finds_nothing(query: str) -> None:
    assert found(query) == []
    assert search(query).marks == []


def test_cells_of_a_table_stay_apart(shelf: Path) -> None:
    write(shelf, "# Start\n\n| | |\n|---|---|\n| needs | a numbat |\n| and | |\n")
    text = " ".join(search("numbat").text.split())
    assert "Guides needs · a numbat · and" in text


def test_code_in_a_result_is_text(shelf: Path) -> None:
    write(shelf, "# Start <b>\n\n## A `<i>` heading\n\n```html\n<b onclick=hit()>numbat</b> & <numbat>\n```\n")
    page = search("numbat")
    assert not {"b", "i", "numbat"} & {tag for tag, _ in page.tags}
    assert page.marks == ["numbat", "numbat"]


def test_nothing_found_says_so() -> None:
    page = search("no-such-thing-anywhere")
    assert "Nothing found for “no-such-thing-anywhere”" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "<script>hit()</script>",
        '"><img src=x onerror=hit()>',
        "'\"><mark>devices</mark>",
        "devices <b>",
        "{{ 7 }}{% now 'Y' %}",
        "((((((a+)+)+$",
        "\\",
        "\ud7ff\u202e\u0000",
        "é́́",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_t119_what_is_asked_is_text(query: str, headers: dict[str, str]) -> None:
    page = search(query, **headers)
    assert [tag for tag, _ in page.tags if tag == "b"] == []
    assert [source for source in page.all("src", "img") if source == "x"] == []
    assert page.inline == ""
    if query.isprintable():
        assert query in page.text
        assert headers or page.all("value", "input") == [query]


def test_a_query_that_is_no_text_is_no_failure() -> None:
    for query in ("%ff%fe", "%00", "&q=a&q=b", "a" * 8000):
        assert Client().get(f"/docs/?q={query}").status_code == 200


def test_a_long_query_is_cut() -> None:
    page = search("devices " * 2000)
    assert len(page.all("value", "input")[0]) <= 100
    assert page.marks


def test_htmx_gets_the_results_alone() -> None:
    page = search("devices", **{"HX-Request": "true"})
    assert not {"html", "form", "nav"} & {tag for tag, _ in page.tags}
    assert page.marks


def test_a_field_that_is_emptied_leaves_nothing() -> None:
    assert search("", **{"HX-Request": "true"}).text.strip() == ""
    assert "Type a word" in search("").text


def test_what_is_found_is_found_fast() -> None:
    found("devices")
    started = time.thread_time()
    found("a b c d e f g h")
    assert time.thread_time() - started < 1
