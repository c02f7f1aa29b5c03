"""Pictures of every page, for people to look at: ``python -m tests.browser.screenshots [scene ...]``.

Wide and narrow, light and dark, into tests/browser/screenshots/ (not committed). With ``--readme`` only the picture
that the README shows, at twice the resolution.
"""

import sys
import tempfile
from pathlib import Path

import tests.environment  # noqa: F401 - first: it decides what the settings read

# isort: split
from playwright.sync_api import Browser, ViewportSize

from tests.browser import chromium, scenes, site
from tests.browser.site import Site
from tests.environment import ROOT
from tests.live import Live

FOLDER = Path(__file__).with_name("screenshots")
README = ROOT / "docs" / "images" / "sign-in.png"
VIEWPORTS = {"wide": ViewportSize(width=1280, height=800), "narrow": ViewportSize(width=360, height=740)}
SCHEMES = ("light", "dark")


def take_all(browser: Browser, site: Site, names: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for scene in scenes.SCENES:
        if names and scenes.name_of(scene) not in names:
            continue
        for width, viewport in VIEWPORTS.items():
            for scheme in SCHEMES:
                scripting = scene is not scenes.no_script
                context = browser.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=scripting)
                page = context.new_page()
                scene(page, site)
                page.screenshot(path=FOLDER / f"{scenes.name_of(scene)}-{width}-{scheme}.png", full_page=True)
                page.unroute_all(behavior="ignoreErrors")
                context.close()


def take_readme(browser: Browser, site: Site) -> None:
    README.parent.mkdir(exist_ok=True)
    page = browser.new_page(viewport=ViewportSize(width=960, height=640), color_scheme="light", device_scale_factor=2)
    scenes.sign_in(page, site)
    page.get_by_label("Username").fill("alice")
    page.screenshot(path=README)


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with chromium.running() as browser, tempfile.TemporaryDirectory() as folder, Live(Path(folder)) as live:
        if "--readme" in sys.argv:
            take_readme(browser, site.of(live))
        else:
            take_all(browser, site.of(live), names)


if __name__ == "__main__":
    main()
