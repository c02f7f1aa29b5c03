"""In front of a pool that is not ours: off but for the users who are named, and then as true and discreet (T154)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser import proxy as proxies
from tests.browser import site as sites
from tests.browser import stories
from tests.browser.conftest import NewContext
from tests.browser.proxy import Proxy
from tests.browser.site import Site
from tests.browser.truth import Witness
from tests.live import Live
from tests.pools import User

BUTTON = "Inspect what goes over the wire"
FLOWS = ("USER_SRP_AUTH", "USER_PASSWORD_AUTH")


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A portal, the pool behind its proxy, and who may inspect."""

    site: Site
    proxy: Proxy
    named: User
    secret_key: str


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    folder = tmp_path_factory.mktemp("portal")
    with proxies.running() as proxy:
        endpoint = f"{proxy.url}/cognito-idp"
        with Live(tmp_path_factory.mktemp("pool"), POOL_ENDPOINT=endpoint) as pool_server:
            proxy.pool_url = pool_server.url
            pool = sites.of(pool_server).pool
            named = pool.add_user()
            found = pool.cognito.admin_get_user(UserPoolId=pool.pool_id, Username=named.username)["UserAttributes"]
            variables = {
                "USER_POOL": "cognito",
                "COGNITO_ENDPOINT_URL": endpoint,
                "COGNITO_USER_POOL_ID": pool.pool_id,
                "COGNITO_CLIENT_ID": pool_server.client("every-flow")["clientId"],
                "INSPECTOR_USERS": next(each["Value"] for each in found if each["Name"] == "sub"),
                "SIGN_IN_FLOWS": ",".join(FLOWS),
                "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            }
            with Live(folder, **variables) as portal:
                secret_key = pool_server.config["secretAccessKey"]
                yield Elsewhere(site=Site(live=portal, pool=pool), proxy=proxy, named=named, secret_key=secret_key)


@pytest.fixture
def site(elsewhere: Elsewhere) -> Site:
    return elsewhere.site


def test_nobody_else_may_inspect(page: Page, site: Site, user: User, live: Live) -> None:
    """Nor does a cookie help that another site signed."""
    theirs = requests.Session()
    form = theirs.get(f"{live.url}/sign-in/", timeout=10).text
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    theirs.post(f"{live.url}/flows/inspector/", {"on": "1", "csrfmiddlewaretoken": token}, timeout=10)
    page.context.add_cookies([{"name": "inspector", "value": str(theirs.cookies["inspector"]), "url": site.url}])
    stories.start(page, site)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    stories.sign_in(page, site, user)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    expect(page.locator("aside.inspector")).to_have_count(0)

    token = str(page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value"))
    answer = page.request.post(
        f"{site.url}/flows/inspector/",
        form={"on": "1", "csrfmiddlewaretoken": token},
        headers={"Referer": f"{site.url}/account/"},
    )
    assert answer.status == 404
    assert page.request.get(f"{site.url}/flows/runs/").status == 404


@pytest.mark.parametrize("flow", FLOWS)
def test_t154_who_is_named_sees_the_wire_and_not_the_inside(
    new_context: NewContext, elsewhere: Elsewhere, site: Site, flow: str
) -> None:
    page, named = new_context().new_page(), elsewhere.named
    stories.start(page, site)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    stories.sign_in(page, site, named)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("aside.inspector")).to_be_visible()
    stories.sign_out(page, site)

    witness = Witness(page, site, elsewhere.proxy, inside=False)
    witness.know(named.password, elsewhere.secret_key)
    elsewhere.proxy.begin()
    stories.try_to_sign_in(page, site, named, flow=flow, password="Not the one 1!")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    witness.know("Not the one 1!")
    witness.check(lit="")
    elsewhere.proxy.begin()
    stories.fill(page, named.username, named.password)
    stories.submit(page)
    stories.expect_account_of(page, site, named)
    shown = witness.check(path=("PASSWORD" if flow == "USER_PASSWORD_AUTH" else "PASSWORD_VERIFIER", "TOKENS"))
    assert not any(call["triggers"] or call["decisions"] for call in shown.calls)
