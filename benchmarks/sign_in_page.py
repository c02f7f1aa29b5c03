"""What the sign-in page weighs and how fast it is: ``python -m benchmarks.sign_in_page``; results in results.md.

Weight: every file that Chromium fetches for the page, decoded and compressed with brotli 11, so that a server's
settings do not matter; beside it what really travelled. Speed: a cold browser at 4x CPU slowdown on "Fast 3G"
(562.5 ms latency, 180 kB/s), and SRP without any slowdown. Medians.
"""

import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, Page, Response

from tests.browser import chromium
from tests.environment import ROOT
from tests.live import Live

RUNS = 5
VECTOR = json.loads((ROOT / "tests" / "vectors" / "srp-vectors.json").read_text(encoding="utf-8"))["vectors"][0]
SRP = """async ([url, { inputs, wire }]) => {
  const { keyPair, signature } = await import(url);
  const started = performance.now();
  const pair = keyPair();
  const middle = performance.now();
  const password = new TextEncoder().encode(inputs.password);
  await signature({ ...pair, srpB: wire.SRP_B, salt: wire.SALT, poolName: inputs.poolName, password,
    userId: inputs.USER_ID_FOR_SRP, secretBlock: inputs.SECRET_BLOCK, timestamp: inputs.TIMESTAMP });
  return [middle - started, performance.now() - middle];
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One response of a page load. Sizes in bytes."""

    host: str
    path: str
    raw: int
    brotli: int
    travelled: int


def weigh(page: Page, url: str) -> list[File]:
    """Every file of the page at ``url``, the icon included."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright cannot wrap list.append
    page.goto(url, wait_until="networkidle")
    return [_file(answer) for answer in answers]


def _file(answer: Response) -> File:
    address, body = urlsplit(answer.url), answer.body()
    return File(
        host=address.netloc,
        path=address.path,
        raw=len(body),
        brotli=len(brotli.compress(body, quality=11)),
        travelled=answer.request.sizes()["responseBodySize"],
    )


def first_paint(browser: Browser, url: str) -> float:
    """Milliseconds until something is seen, slow machine on a slow network, nothing cached."""
    with _page(browser) as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        network = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_000}
        devtools.send("Network.emulateNetworkConditions", network)
        page.goto(url, wait_until="networkidle")
        return float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))


def srp(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds for A and for the proof, in a page that has just been opened."""
    with _page(browser) as page:
        page.goto(url, wait_until="networkidle")
        module = page.locator("link[rel=modulepreload]").get_attribute("href")
        runs = [page.evaluate(SRP, [module, VECTOR]) for _ in range(10)]
        return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def main() -> None:
    with chromium.running() as browser, tempfile.TemporaryDirectory() as folder, Live(Path(folder)) as live:
        url = f"{live.url}/sign-in/"
        with _page(browser) as page:
            files = weigh(page, url)
        paints = [first_paint(browser, url) for _ in range(RUNS)]
        times = [srp(browser, url) for _ in range(RUNS)]
    print("| File | Raw | Brotli 11 | Travelled |\n|---|---|---|---|")
    for file in files:
        print(f"| `{file.path}` | {file.raw:,} | {file.brotli:,} | {file.travelled:,} |")
    print(
        f"| **{len(files)} files, {len({file.host for file in files})} host** | {sum(file.raw for file in files):,} "
        f"| **{sum(file.brotli for file in files):,}** | {sum(file.travelled for file in files):,} |\n"
    )
    print(f"First contentful paint, 4x CPU, Fast 3G, cold: {statistics.median(paints):.0f} ms")
    a, proof = (statistics.median(each[i] for each in times) for i in (0, 1))
    print(f"SRP, unthrottled: A {a:.1f} ms (while the person types), proof {proof:.1f} ms, together {a + proof:.1f} ms")


if __name__ == "__main__":
    main()
