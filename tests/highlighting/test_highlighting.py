"""Code is shown in colours and is still the same text, whatever it says."""

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.safestring import SafeString

from flows.highlighting import KINDS, LEXERS, LONGEST, MOST, highlighted, highlighted_lines
from flows.reader import source

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "static" / "flows" / "highlighting.css").read_text(encoding="utf-8")
LANGUAGES = sorted(LEXERS)
HOSTILE = [
    "</code></pre><script>hit = 1</script>",
    "\"</span>' onclick=hit=1 <img src=x onerror=hit=1> &lt;b&gt; &amp;",
    "/* # // <!-- ''' \"\"\" ` ${ {{ {% <![CDATA[",
    "'\"`\\",
    "\0\x07\x0b\x0c\x1b\x85\u2028\u202e\u200b\ufeff",
    "\ufeffa\r\nb\rc\n\n\n",
    "\t a  \n\t\n ",
    "𝒳 é 名 👩‍💻 …",
    "",
    "\n",
    "a: <a>\n  'b': \"<<EOF\"\nEOF",
]
# What lexers stumble over, again and again.
SEEDS = ["a", "\\", '"', "'", '"\\', "`", "(", "{", "{{", "{%", "<", "<a ", "<!--", "&", "/*", "//", "-", "--", ".a"]
EXAMPLES = {
    "css": (".a { color: #fff } /* why */", {"name", "comment"}),
    "dockerfile": ('# why\nFROM python:3.11\nRUN echo "hello"', {"comment", "keyword", "string"}),
    "hcl": ('resource "a" "b" {\n  name = "c"\n  on   = true\n}', {"keyword", "name", "string", "value"}),
    "html": ('{% if a %}<p class="b">{{ a }}</p>{% endif %}{# why #}', {"keyword", "name", "string", "comment"}),
    "javascript": ("// why\nconst a = await f('b', 1);", {"comment", "keyword", "name", "string", "value"}),
    "json": ('{"a": ["b", 1, true, null]}', {"name", "string", "value"}),
    "markdown": ("# A title\n\nText with `code`.", {"keyword", "string"}),
    "python": ("# why\ndef f():\n    return g('a', 1)", {"comment", "keyword", "name", "string", "value"}),
    "sh": ("# why\nfor a in b; do aws --an-option 'c' \"$D\"; done", {"comment", "keyword", "name", "string", "value"}),
    "yaml": ("# why\na: !Ref b\nc:\n  - d", {"comment", "keyword", "name", "string"}),
}
EXAMPLES["js"] = EXAMPLES["javascript"]


def text_of(shown: str) -> str:
    """What a browser reads in it. Raises when there is more in it than our spans."""
    inside = re.sub(r'<span class="hl-[a-z]+">([^<>]+)</span>', r"\1", shown)
    assert not set("<>\"'") & set(inside), inside
    return html.unescape(inside)


def names_in(folder: str) -> Iterator[str]:
    """Every file of it that the reader shows."""
    for name, _ in source.entries(folder):
        yield from [name] if source.is_file(name) else names_in(name)


def kinds_of(shown: str) -> set[str]:
    return set(re.findall(r'class="hl-([a-z]+)"', shown))


# -- What it says stays ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("folder", source.SHOWN)
def test_every_file_of_the_reader_says_what_it_says(folder: str) -> None:
    for name in names_in(folder):
        lines = source.read(name)
        shown = highlighted_lines(lines, source.language(name))
        assert [text_of(line) for line in shown] == lines, name
        is_plain = not kinds_of("".join(shown))
        assert is_plain == (not "".join(lines) or name.endswith("Caddyfile")), name


@pytest.mark.parametrize("language", [*LANGUAGES, "", "no-such-language", "text"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_hostile_text_is_text(language: str, hostile: str) -> None:
    for text in (hostile, f'a = "{hostile}"', f"# {hostile}", f"<a b='{hostile}'>{hostile}"):
        shown = highlighted(text, language)
        assert isinstance(shown, SafeString)
        assert text_of(shown) == text
        assert [text_of(line) for line in highlighted_lines(text.split("\n"), language)] == text.split("\n")


def test_as_many_lines_as_there_are() -> None:
    assert highlighted_lines([], "python") == []
    assert highlighted_lines([""], "python") == [""]
    assert highlighted_lines(["", ""], "python") == ["", ""]


def test_what_goes_over_lines_is_closed_in_each() -> None:
    first, empty, last = highlighted_lines(['a = """one', "", 'two"""'], "python")
    assert first == 'a = <span class="hl-string">&quot;&quot;&quot;one</span>'
    assert empty == ""
    assert last == '<span class="hl-string">two&quot;&quot;&quot;</span>'


# -- What is told apart ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_kinds(language: str) -> None:
    text, kinds = EXAMPLES[language]
    assert kinds_of(highlighted(text, language)) >= kinds


@pytest.mark.parametrize("language", ["", "text", "mermaid", "PYTHON", "no-such-language"])
def test_what_nobody_knows_is_plain(language: str) -> None:
    assert highlighted("def f(): <b>", language) == "def f(): &lt;b&gt;"
    assert highlighted_lines(["def f():", "<b>"], language) == ["def f():", "&lt;b&gt;"]


def test_a_kind_has_a_colour_and_a_colour_a_kind() -> None:
    assert set(re.findall(r"\.hl-(\w+) \{", SHEET)) == {*KINDS.values(), "blank"} - {""}


def test_a_blank_is_seen_where_it_stands() -> None:
    text = 'f(a="<Session 3f9a12bc>", b="<PASSWORD>", c="<other>")  # <PASSWORD>'
    shown = highlighted(text, "python", blanks=["Session 3f9a12bc", "PASSWORD"])
    found = re.findall(r'<span class="hl-blank">([^<]+)</span>', shown)
    assert found == ["&lt;Session 3f9a12bc&gt;", "&lt;PASSWORD&gt;"]
    assert text_of(shown) == text


def test_a_blank_is_no_pattern() -> None:
    shown = highlighted('"<a.c (1)>" "<abc 1>"', "python", blanks=["a.c (1)", "<script>"])
    assert re.findall(r'<span class="hl-blank">([^<]+)</span>', shown) == ["&lt;a.c (1)&gt;"]


# -- How long it takes -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_very_long_line_is_quick(language: str) -> None:
    for seed in SEEDS:
        began = time.process_time()
        for length in (LONGEST, MOST, 100_000):
            text = (seed * length)[:length]
            assert text_of(highlighted(text, language)) == text
        assert time.process_time() - began < 3, seed


@pytest.mark.parametrize("text", ["a = 1\n" * MOST, "a = 1 #" + "x" * LONGEST], ids=["text", "line"])
def test_what_is_too_long_is_plain(text: str) -> None:
    assert highlighted(text, "python") == text


def test_a_lexer_that_changes_the_text_is_not_listened_to() -> None:
    """Pygments' one for Terraform forgets the blank before a heredoc's name."""
    assert kinds_of(highlighted("a = <<EOF\nb\nEOF\n", "hcl"))
    assert highlighted("a = << EOF\nb\nEOF\n", "hcl") == "a = &lt;&lt; EOF\nb\nEOF\n"
