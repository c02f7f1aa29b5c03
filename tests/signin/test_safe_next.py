"""``next`` never leaves the site (T110-T112)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.safe_next import safe_next

OURS = [
    "/",
    "/account/",
    "/a?b=c&d=e#f",
    "/a//b",
    "/a?next=https://evil.example/",
    "/%2e%2e//evil.example",
    "/..//evil",
]
TARGETS = [
    "evil.example",
    "evil.example:80",
    "user@evil.example",
    "[::1]",
    "127.0.0.1",
    "EVIL.example",
    "evil。example",
]
PREFIXES = [
    *["//", "///", "////", "/\\", "\\", "\\\\", "\\/", "/\\/", "/\t/", "/\n/", "/\r/", "/ /", " //", "\t//", "\x00//"],
    *["http://", "https://", "HTTPS://", "http:", "https:", "https:/", "http:\\\\", "javascript:", "data:text/html,"],
    *[
        "ftp://",
        "blob:",
        "vbscript:",
        "@",
        ".",
        ":",
        ":80",
        "?",
        "#",
        "",
        "%2f%2f",
        "%5c",
        "/\x0b/",
        "\u2028//",
        "\u00a0//",
    ],
    *["/\x7f/", "\ufeff//", "java\nscript:", "./", "../", "mailto:", "file:///", "//\u200b"],
]
HOSTILE = [prefix + target for prefix, target in itertools.product(PREFIXES, TARGETS)]


@pytest.mark.parametrize("path", OURS)
def test_paths_of_this_site(path: str) -> None:
    assert safe_next(path) == path


def test_t110_hundreds_of_ways_out() -> None:
    assert len(HOSTILE) > 300
    assert [value for value in HOSTILE if safe_next(value)] == []


@pytest.mark.parametrize("value", ["@evil.example", ".evil.example", ":80", "evil.example", "account/"])
def test_t112_what_joins_to_a_host(value: str) -> None:
    assert safe_next(value) == ""


@pytest.mark.parametrize(
    "value", ["/a\r\nSet-Cookie: x=1", "/a\x00b", "/a b", "/a\x85b\r", "/" + "a" * 9000, "/" + "é" * 1500]
)
def test_t111_what_does_not_fit_in_a_header(value: str) -> None:
    assert safe_next(value) == ""


def test_t111_other_letters_are_quoted() -> None:
    assert safe_next("/café?q=ü") == "/caf%C3%A9?q=%C3%BC"


@given(st.text(max_size=60))
def test_t110_whatever_comes_is_a_path_or_nothing(value: str) -> None:
    result = safe_next(value)
    assert result == "" or (result.startswith("/") and not result.startswith(("//", "/\\")))
    assert result.isascii()
    assert not any(character.isspace() or ord(character) < 32 for character in result)
