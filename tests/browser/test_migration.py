"""Migration in Chromium: ivan of the demo, whom only an older directory knows, shows his password once."""

import pytest
from playwright.sync_api import expect

from tests.browser import stories
from tests.browser.conftest import NewContext
from tests.browser.site import Site
from tests.pools import User


@pytest.fixture
def ivan(site: Site) -> User:
    return migrating(site)


def migrating(site: Site) -> User:
    """Ivan as the demo's page tells, and not in the pool: a test before this one may have signed him in."""
    told = next(each for each in site.live.config["users"] if each["username"] == "ivan")
    if is_known(site, told["username"]):
        site.pool.cognito.admin_delete_user(UserPoolId=site.pool.pool_id, Username=told["username"])
    return User(username=told["username"], password=told["password"], email="ivan@example.com")


def is_known(site: Site, username: str) -> bool:
    found = site.pool.cognito.list_users(UserPoolId=site.pool.pool_id, Filter=f'username = "{username}"')["Users"]
    return bool(found)


@pytest.mark.parametrize("scripting", [True, False], ids=["scripts", "no-scripts"])
def test_the_first_sign_in_shows_the_password_and_the_next_need_not(
    new_context: NewContext, site: Site, ivan: User, scripting: bool
) -> None:
    page = new_context(java_script_enabled=scripting).new_page()

    for flow in ("USER_SRP_AUTH", "USER_PASSWORD_AUTH"):
        stories.try_to_sign_in(page, site, ivan, flow=flow, password="wrong")
        expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("Incorrect username or password.")
    assert not is_known(site, ivan.username)

    stories.fill(page, ivan.username, ivan.password)
    stories.submit(page)
    stories.expect_account_of(page, site, ivan)
    assert is_known(site, ivan.username)

    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    stories.sign_in(page, site, ivan, flow="USER_SRP_AUTH")
