"""/docs/: pages, pictures, search, and the files of the repository that the pages speak of."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from flows import htmx
from flows.highlighting import highlighted_lines
from flows.reader import addresses, library, menu, search, snippets, source
from flows.reader.library import IMAGES, Leaf, Library
from flows.reader.rendering import written

LONG = 4  # headings from which a page gets a list of them


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The first page; with ``?q=`` what a search finds."""
    shelf = library.current()
    if not shelf.leaves:
        return htmx.show(request, "flows/reader/absent.html", status=404)
    return _found(request, shelf) if "q" in request.GET else _page(request, shelf.leaves[0], shelf)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page by its bare address. As a file or with a slash behind it leads there; pictures are sent as they are."""
    shelf = library.current()
    if not shelf.leaves:
        return htmx.show(request, "flows/reader/absent.html", status=404)
    if leaf := shelf.by_path.get(path):
        return _page(request, leaf, shelf)
    if leaf := shelf.by_file.get(f"{library.FOLDER}/{path.rstrip('/')}"):
        return HttpResponseRedirect(addresses.of_page(leaf))
    return _image(f"{library.FOLDER}/{path}", shelf)


@require_safe
def source_view(request: HttpRequest, path: str = "") -> HttpResponse:
    """A file of the repository with its lines numbered, or what is in a folder."""
    context: dict[str, Any] = {"name": path, "parents": menu.parents(path)}
    if source.is_file(path):
        context["lines"] = highlighted_lines(source.read(path), source.language(path))
    elif source.is_shown(path) or not path:
        context["entries"] = [menu.entry(*each) for each in source.entries(path)]
    else:
        raise Http404
    return _show(request, "flows/reader/source.html", context)


def _page(request: HttpRequest, leaf: Leaf, shelf: Library) -> HttpResponse:
    text = written(leaf, shelf)
    headings = [section for section in text.sections if section.level in (2, 3)]
    before, after = shelf.neighbours(leaf)
    context = {
        "leaf": leaf,
        "text": text,
        "headings": headings if len(headings) >= LONG else [],
        "before": menu.item(before) if before else None,
        "after": menu.item(after) if after else None,
        "source": addresses.of_source(leaf.file) if source.is_file(leaf.file) else "",
    }
    return _show(request, "flows/reader/page.html", context, here=leaf)


def _found(request: HttpRequest, shelf: Library) -> HttpResponse:
    asked = search.query(request.GET["q"])
    results = [
        {
            "url": f"{addresses.of_page(each.leaf)}#{each.section.anchor}",
            "chapter": each.leaf.chapter,
            "title": snippets.marked(each.leaf.title, asked.words),
            "heading": snippets.marked(each.section.heading, asked.words) if each.section.level > 1 else "",
            "text": snippets.snippet(each.section.text, asked.words),
        }
        for each in search.search(asked, shelf)
    ]
    context = {"asked": asked, "results": results, "most": search.MOST_RESULTS}
    template = "flows/reader/found.html" if htmx.is_htmx(request) else "flows/reader/search.html"
    return _show(request, template, context)


def _image(name: str, shelf: Library) -> FileResponse:
    if name not in shelf.images:
        raise Http404
    ending = name[name.rindex(".") :]
    return FileResponse((settings.BASE_DIR / name).open("rb"), content_type=IMAGES[ending])


def _show(request: HttpRequest, template: str, context: dict[str, Any], *, here: Leaf | None = None) -> HttpResponse:
    chapters = menu.chapters(library.current(), here)
    return htmx.show(request, template, {"chapters": chapters, "most_characters": search.MOST_CHARACTERS, **context})
