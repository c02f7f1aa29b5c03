"""/docs/ shows every page of docs/, whole, and every link in it leads somewhere."""

from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from tests.docs.test_docs import DOCS, HEADING, ROOT, anchor
from tests.reader.markup import Shown, get, parse

FILES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def address_of(file: str) -> str:
    path = file.removesuffix(".md").removesuffix("/README")
    return reverse("docs") if path == "index" else reverse("docs-page", kwargs={"path": path})


@pytest.mark.parametrize("file", FILES)
def test_every_page_is_shown_whole(file: str) -> None:
    page = get(address_of(file))
    source = (DOCS / file).read_text(encoding="utf-8")
    title = HEADING.findall(source)[0].replace("`", "")

    assert title in page.text
    for left_over in ("](", "```", "**", "|--", "<!--", "made by make docs"):
        assert left_over not in page.text, left_over
    ids = Counter(page.all("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    assert anchor(title) in ids


@pytest.mark.parametrize("file", FILES)
def test_nothing_in_a_page_needs_another_policy(file: str) -> None:
    page = get(address_of(file))

    assert page.all("style") == []
    assert page.inline == ""
    assert page.comments == 0
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_every_link_leads_somewhere() -> None:
    """From page to page, and from pages to the files that they speak of; files lead no further here."""
    seen: dict[str, Shown] = {}
    waiting = [(reverse("docs"), "")]
    wrong = []
    while waiting:
        address, origin = waiting.pop()
        target, fragment = urldefrag(address)
        if not target.startswith(reverse("docs")):
            continue
        if target not in seen:
            response = Client().get(target)
            if response.status_code != 200:
                wrong.append((origin, address, response.status_code))
                continue
            if response.streaming:
                assert b"".join(response).startswith(b"\x89PNG")  # type: ignore[arg-type]
                seen[target] = Shown()
                continue
            seen[target] = parse(response.content.decode())
            if not target.startswith(reverse("docs-files")):
                waiting += [(each if each[0] == "/" else target + each, target) for each in seen[target].addresses()]
        if fragment and unquote(fragment) not in seen[target].all("id"):
            wrong.append((origin, address, "no such heading"))
    assert wrong == []
    assert {address_of(file) for file in FILES} <= set(seen)  # the menu has all of them
    assert len([address for address in seen if address.startswith(reverse("docs-files"))]) > 100


def test_every_link_of_the_repository_is_a_link_here_too() -> None:
    """A link that is lost would be one without an address."""
    lost = [file for file in FILES for tag, attributes in get(address_of(file)).tags if tag == "a" and not attributes]
    assert lost == []


def test_pages_are_in_the_order_of_the_index_and_lead_from_one_to_the_next() -> None:
    address, read = reverse("docs"), []
    while address:
        read.append(address)
        onward = [attributes for tag, attributes in get(address).tags if tag == "a" and attributes.get("rel") == "next"]
        address = onward[0]["href"] if onward else ""
    assert {address_of(file) for file in FILES} <= set(read)
    assert len(read) == len(set(read))
    assert read[:2] == [reverse("docs"), address_of("tour.md")]
    assert read.index(address_of("flows/user-srp-auth.md")) < read.index(address_of("flows/user-auth.md"))
    assert read[-1] > address_of("adr/0001-embedded-pool-answers-boto3-in-process.md")


@pytest.mark.parametrize("file", ["index.md", "look.md", "steps/email-otp.md"])
def test_the_menu_marks_the_page_that_is_shown(file: str) -> None:
    tags = [attributes for _, attributes in get(address_of(file)).tags]
    marked = {attributes["href"] for attributes in tags if attributes.get("aria-current") == "page"}
    assert marked == {address_of(file)}


@pytest.mark.parametrize(
    ("path", "goal"),
    [
        ("index.md", "/docs/"),
        ("steps/email-otp.md", "/docs/steps/email-otp"),
        ("steps/", "/docs/steps"),
        ("flows/README.md", "/docs/flows"),
        ("triggers/aws.md", "/docs/triggers/aws"),
    ],
)
def test_the_name_of_a_file_leads_to_its_page(path: str, goal: str) -> None:
    response = Client().get(f"/docs/{path}")
    assert (response.status_code, response["Location"]) == (302, goal)


@pytest.mark.parametrize("path", ["nothing", "steps/nothing.md", "//evil.example/x.md", "images/none.png", "%00", "."])
def test_no_page_is_404(path: str) -> None:
    get(f"/docs/{path}", status=404)


def test_a_folder_without_a_page_of_its_own_gets_a_list() -> None:
    addresses = set(get("/docs/protocol").addresses())
    assert {address_of(file) for file in FILES if file.startswith("protocol/")} <= addresses


def test_diagrams_are_drawn() -> None:
    page = get("/docs/flows/user-auth")
    assert len(page.all("aria-label", "svg") + page.all("aria-labelledby", "svg")) >= 2
    assert "stateDiagram" not in page.text


def test_a_long_page_lists_its_headings_and_a_short_one_does_not() -> None:
    assert "On this page" in get("/docs/triggers").text
    assert "On this page" not in get("/docs/steps/email-otp").text


def test_a_page_asks_nothing_of_the_database(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        get("/docs/steps/email-otp")


def test_pages_can_only_be_read() -> None:
    assert Client().post("/docs/").status_code == 405
    assert Client().post("/docs/tour").status_code == 405


# -- What Markdown may hold ------------------------------------------------------------------------------------------
def write(shelf: Path, text: str, name: str = "index.md") -> None:
    file = shelf / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_html_is_text_and_a_comment_is_nothing(shelf: Path) -> None:
    write(
        shelf, "# One\n\n<script>hit()</script>\n\nSay <b onclick=hit()>it</b><!-- not\nthis -->\n\n<!-- nor this -->\n"
    )
    html = Client().get("/docs/").content.decode()

    assert "&lt;script&gt;hit()&lt;/script&gt;" in html
    assert "&lt;b onclick=hit()&gt;it&lt;/b&gt;" in html
    assert "not\nthis" not in html
    assert "nor this" not in html


def test_a_link_that_runs_is_no_link(shelf: Path) -> None:
    write(shelf, "# One\n\n[a](javascript:hit) [b](data:text/html,x) ![c](javascript:hit)\n")
    page = get("/docs/")
    assert not [each for each in (*page.all("href"), *page.all("src")) if each.startswith(("javascript", "data"))]


def test_what_is_not_installed_is_not_linked(shelf: Path) -> None:
    """A container has no tests/: what the docs say of them stays as text."""
    write(
        shelf, "# One\n\n[a test](../tests/test_it.py), `tests/test_it.py`, [out](../../etc/passwd), [x](/etc/passwd)\n"
    )
    page = get("/docs/")
    assert "a test" in page.text
    assert not [each for each in page.all("href", "a") if "test" in each or "passwd" in each]


def test_columns_are_aligned_by_class(shelf: Path) -> None:
    write(shelf, "# One\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n")
    page = get("/docs/")
    assert page.all("style") == []
    assert page.all("class", "td") == ["right", "center"]


def test_headings_of_one_name_have_anchors_of_their_own(shelf: Path) -> None:
    write(shelf, "# One\n\n## Again\n\n## Again\n\n## `CODE` and *more*\n")
    assert [name for name in get("/docs/").all("id") if name[0] in "ac" and name != "count"] == [
        "again",
        "again-1",
        "code-and-more",
    ]


def test_code_of_a_diagram_that_nobody_can_draw_is_shown(shelf: Path) -> None:
    write(shelf, "# One\n\n```mermaid\npie title Pets\n```\n")
    assert "pie title Pets" in Client().get("/docs/").content.decode()


def test_words_of_code_are_told_apart_and_nothing_of_it_is_markup(shelf: Path) -> None:
    text = 'def f():\n    return "</code><script>hit = 1</script>"\n'
    write(shelf, f"# One\n\n```python\n{text}```\n\n```\n{text}```\n")
    page = Client().get("/docs/").content.decode()
    assert '<code><span class="hl-keyword">def</span> <span class="hl-name">f</span>():\n' in page
    assert "<code>def f():\n" in page, "what is in no language is plain"
    assert page.count("&lt;/code&gt;&lt;script&gt;hit = 1&lt;/script&gt;") == 2


def test_boxes_that_scroll_can_be_reached_by_key(shelf: Path) -> None:
    write(shelf, "# One\n\n```sh\nmake run\n```\n\n| a |\n|---|\n| 1 |\n")
    boxes = [attributes for _, attributes in get("/docs/").tags if attributes.get("tabindex") == "0"]
    assert [box["aria-label"] for box in boxes] == ["Code, sh", "One"]


# -- Where docs/ is --------------------------------------------------------------------------------------------------
def test_an_installation_without_docs_says_so(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    for address in ("/docs/", "/docs/tour", "/docs/?q=x"):
        assert "not on this server" in get(address, status=404).text
    get("/docs/source/", status=200)
    get("/docs/source/flows/terms.py", status=404)


def test_a_page_that_changes_is_read_again_in_debug_only(shelf: Path, settings: Settings) -> None:
    write(shelf, "# Before\n")
    assert "Before" in get("/docs/").text
    settings.DEBUG = True
    write(shelf, "# After it\n")
    assert "After it" in get("/docs/").text
    assert "After it" in get("/docs/?q=after").text
    settings.DEBUG = False
    assert "Before" in get("/docs/").text


def test_the_image_of_the_container_has_the_docs() -> None:
    assert settings.BASE_DIR == ROOT
    assert "\nCOPY docs docs\n" in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert "\n!docs\n" in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8")
