"""Every page that a person can come to, as a way to get there. Each is photographed, and each is checked."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import pools
from tests.browser import (
    challenge_scenes,
    gallery_scenes,
    inspector_scenes,
    people,
    playground_scenes,
    reader_scenes,
    stories,
)
from tests.browser.site import Site
from tests.pools import User

Scene = Callable[[Page, Site], None]
REMEMBERS_DEVICES = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}


def landing(page: Page, site: Site) -> None:
    page.goto(site.url)


def sign_in(page: Page, site: Site) -> None:
    stories.start(page, site)


def other_ways(page: Page, site: Site) -> None:
    stories.start(page, site)
    page.get_by_text("Other ways to sign in").click()


def password_flow(page: Page, site: Site) -> None:
    stories.start(page, site, flow="USER_PASSWORD_AUTH")


def admin_flow(page: Page, site: Site) -> None:
    stories.start(page, site, flow="ADMIN_USER_PASSWORD_AUTH")


def wrong_password(page: Page, site: Site) -> None:
    stories.try_to_sign_in(page, site, _nobody)
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")


def busy(page: Page, site: Site) -> None:
    page.route("**/sign-in/", stories.hold_posts)
    stories.try_to_sign_in(page, site, _nobody)
    expect(page.get_by_role("button", name="Checking…")).to_be_visible()


def unreachable(page: Page, site: Site) -> None:
    page.route("**/sign-in/", stories.no_posts)
    stories.try_to_sign_in(page, site, _nobody)
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")


def verifier_after_reload(page: Page, site: Site) -> None:
    stories.interrupted(page, site, _nobody)
    page.reload()
    expect(page.get_by_text("Type your password once more")).to_be_visible()


def new_password(page: Page, site: Site) -> None:
    stories.try_to_sign_in(page, site, site.pool.add_user(temporary=True))
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()


def new_password_refused(page: Page, site: Site) -> None:
    new_password(page, site)
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.locator("[aria-invalid=true]")).to_be_focused()


def expired(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/an-attempt-of-long-ago/")


def account(page: Page, site: Site) -> None:
    stories.sign_in(page, site, site.pool.add_user())


def passkeys_none(page: Page, site: Site) -> None:
    account(page, site)
    page.goto(f"{site.url}/account/passkeys/")


def passkeys(page: Page, site: Site) -> None:
    account(page, site)
    stories.virtual_authenticator(page)
    stories.add_passkey(page, site)


def passkey_add(page: Page, site: Site) -> None:
    account(page, site)
    page.goto(f"{site.url}/account/passkeys/add/")


def passkey_add_cancelled(page: Page, site: Site) -> None:
    account(page, site)
    stories.virtual_authenticator(page, isUserVerified=False)
    page.goto(f"{site.url}/account/passkeys/add/")
    page.get_by_role("button", name="Create a passkey").click()
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("No passkey was made")


def passkey_delete(page: Page, site: Site) -> None:
    passkeys(page, site)
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("heading", name="Delete this passkey?")).to_be_visible()


def second_factors(page: Page, site: Site) -> None:
    account(page, site)
    page.goto(f"{site.url}/account/mfa/")


def second_factors_on(page: Page, site: Site) -> None:
    user = site.pool.add_user()
    stories.sign_in(page, site, user)
    people.with_every_second_factor(site, user)
    page.goto(f"{site.url}/account/mfa/")
    expect(page.get_by_role("button", name="Turn off")).to_have_count(3)


def authenticator_app(page: Page, site: Site) -> None:
    second_factors(page, site)
    page.get_by_role("link", name="Set up").click()
    page.get_by_role("button", name="Show the key").click()
    expect(page.get_by_label("Code from the app")).to_be_visible()


def devices(page: Page, site: Site) -> None:
    account(page, site)
    page.goto(f"{site.url}/account/devices/")


def devices_kept(page: Page, site: Site) -> None:
    """This browser and another device, whose name does not end."""
    user = site.pool.add_user()
    with site.updated(DeviceConfiguration=REMEMBERS_DEVICES):
        people.with_device(site, user, name="Rosalind-Franklin's-ThinkPad-of-the-crystallography-department-" * 2)
        stories.sign_in(page, site, user)
        page.goto(f"{site.url}/account/devices/")
        expect(page.get_by_role("link", name="Forget")).to_have_count(2)


def device_forget(page: Page, site: Site) -> None:
    with site.updated(DeviceConfiguration=REMEMBERS_DEVICES):
        account(page, site)
        page.goto(f"{site.url}/account/devices/")
        page.get_by_role("link", name="Forget").click()
        expect(page.get_by_role("heading", name="Forget this device?")).to_be_visible()


def confirm(page: Page, site: Site) -> None:
    account(page, site)
    page.goto(f"{site.url}/sign-in/?confirm=1&said=confirm&new=1&next=/account/passkeys/add/")


def recover(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/recover/")


def recover_code(page: Page, site: Site) -> None:
    recover(page, site)
    page.get_by_label("Username").fill(_nobody.username)
    page.get_by_role("button", name="I have a code already").click()
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()


def recover_code_wrong(page: Page, site: Site) -> None:
    recover_code(page, site)
    page.get_by_label("Code").fill("000000")
    page.get_by_label("New password").fill("Another 1 for that!")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[aria-invalid=true]")).to_be_focused()


def already_signed_in(page: Page, site: Site) -> None:
    account(page, site)
    page.goto(f"{site.url}/sign-in/")


def signed_out(page: Page, site: Site) -> None:
    account(page, site)
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()


def outbox(page: Page, site: Site) -> None:
    name = site.pool.add_user().username + "-invited"
    attributes = [{"Name": "email", "Value": f"{name}@example.com"}]
    site.pool.cognito.admin_create_user(
        UserPoolId=site.pool.pool_id,
        Username=name,
        UserAttributes=attributes,
        TemporaryPassword=pools.new_password(),  # a pool with codes gives out none by itself, and no message brings it
        DesiredDeliveryMediums=["EMAIL"],
    )
    page.goto(f"{site.url}/demo/outbox/")
    expect(page.get_by_text(f"{name}@example.com").first).to_be_visible()


def not_found(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/nothing-here/")


def open_too_long(page: Page, site: Site) -> None:
    stories.start(page, site)
    page.context.add_cookies([{"name": "csrf", "value": "o" * 32, "url": site.url}])
    stories.fill(page, _nobody.username, _nobody.password)
    stories.submit(page)
    expect(page.get_by_role("alert")).to_contain_text("open too long")


def no_script(page: Page, site: Site) -> None:
    """To be played in a browser without JavaScript."""
    stories.start(page, site)


_nobody = User(username="nobody", password="Not the password 1!", email="")

SCENES: tuple[Scene, ...] = (
    landing,
    sign_in,
    other_ways,
    password_flow,
    admin_flow,
    wrong_password,
    busy,
    unreachable,
    verifier_after_reload,
    new_password,
    new_password_refused,
    expired,
    *challenge_scenes.SCENES,
    account,
    passkeys_none,
    passkeys,
    passkey_add,
    passkey_add_cancelled,
    passkey_delete,
    second_factors,
    second_factors_on,
    authenticator_app,
    devices,
    devices_kept,
    device_forget,
    confirm,
    recover,
    recover_code,
    recover_code_wrong,
    already_signed_in,
    signed_out,
    outbox,
    *gallery_scenes.SCENES,
    *inspector_scenes.SCENES,
    *playground_scenes.SCENES,
    *reader_scenes.SCENES,
    not_found,
    open_too_long,
    no_script,
)


def name_of(scene: Scene) -> str:
    return scene.__name__.replace("_", "-")
