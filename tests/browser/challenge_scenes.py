"""Every page of a challenge, as a way to get there. ``tests.browser.scenes`` has the other pages and the whole list."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import people, stories
from tests.browser.site import Site
from tests.pools import User

PASSWORD_ONLY = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}}  # as a pool that requires MFA must have it
ASKS_ABOUT_DEVICES = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
LONG = "somebody-whose-name-goes-on-and-on-and-on-until-it-fits-no-telephone-any-more-however-small-it-is-written"


# -- First factors ---------------------------------------------------------------------------------------------------
def choice_start(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/?flow=USER_AUTH&new=1")


def choice_start_password(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/?flow=USER_AUTH&new=1&preferred=PASSWORD")


def choice_start_srp(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/?flow=USER_AUTH&new=1&preferred=PASSWORD_SRP")


def first_factor(page: Page, site: Site) -> None:
    """All five."""
    user = people.with_phone(site, site.pool.add_user())
    people.with_passkey(site, user)
    stories.begin_choice(page, site, user)
    expect(page.locator("button[name=answer]")).to_have_count(5)


def password(page: Page, site: Site) -> None:
    _choose(page, site, "PASSWORD", "Enter your password")


def password_srp(page: Page, site: Site) -> None:
    _choose(page, site, "PASSWORD_SRP", "Enter your password")


def email_otp(page: Page, site: Site) -> None:
    _choose(page, site, "EMAIL_OTP", "Enter the code from your e-mail")


def email_otp_wrong(page: Page, site: Site) -> None:
    email_otp(page, site)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Code")).to_have_attribute("aria-invalid", "true")


def email_otp_long(page: Page, site: Site) -> None:
    user = people.named(site, LONG)
    stories.begin_choice(page, site, user)
    stories.choose(page, "EMAIL_OTP")
    _expect(page, "Enter the code from your e-mail")


def sms_otp(page: Page, site: Site) -> None:
    _choose(page, site, "SMS_OTP", "Enter the code from your phone")


def passkey(page: Page, site: Site) -> None:
    _use_passkey(page, site).wait_for_a_person()
    stories.choose(page, "WEB_AUTHN")
    expect(page.get_by_role("button", name="Waiting for your passkey…")).to_be_visible()


def passkey_cancelled(page: Page, site: Site) -> None:
    _use_passkey(page, site).recognise(False)
    stories.choose(page, "WEB_AUTHN")
    expect(page.locator("[data-webauthn-problem]")).to_contain_text("No passkey was used")


# -- Second factors --------------------------------------------------------------------------------------------------
def sms_mfa(page: Page, site: Site) -> None:
    user = people.with_phone(site, site.pool.add_user())
    people.with_second_factors(site, user, "SMSMfaSettings")
    _sign_in(page, site, user, "Enter the code from your phone")


def email_mfa(page: Page, site: Site) -> None:
    user = people.with_second_factors(site, site.pool.add_user(), "EmailMfaSettings")
    _sign_in(page, site, user, "Enter the code from your e-mail")


def totp_mfa(page: Page, site: Site) -> None:
    user = site.pool.add_user()
    people.with_app(site, user)
    people.with_second_factors(site, user, "SoftwareTokenMfaSettings")
    _sign_in(page, site, user, "Enter the code from your app")


def mfa_type(page: Page, site: Site) -> None:
    _sign_in(page, site, people.with_every_second_factor(site, site.pool.add_user()), "Choose your second step")


def mfa_setup_choice(page: Page, site: Site) -> None:
    with site.updated(Policies=PASSWORD_ONLY, MfaConfiguration="ON"):
        _sign_in(page, site, people.without_email(site, site.pool.add_user()), "Set up a second step")


def totp_setup(page: Page, site: Site) -> None:
    _set_up(page, site, "SOFTWARE_TOKEN_MFA", "Set up your authenticator app")


def email_setup(page: Page, site: Site) -> None:
    _set_up(page, site, "EMAIL_OTP", "Where shall we send your codes?")


# -- Afterwards ------------------------------------------------------------------------------------------------------
def remember_device(page: Page, site: Site) -> None:
    with site.updated(DeviceConfiguration=ASKS_ABOUT_DEVICES):
        _sign_in(page, site, site.pool.add_user(), "Remember this device?")


def remembered(page: Page, site: Site) -> None:
    """The sign-in page of a browser that remembers a passkey's owner."""
    user = site.pool.add_user()
    stories.plug_in(page, people.with_passkey(site, user))
    stories.begin_choice(page, site, user, remember=True)
    stories.choose(page, "WEB_AUTHN")
    stories.expect_account_of(page, site, user)
    people.without_passkeys(site, user)
    stories.sign_out(page, site)
    page.goto(f"{site.url}/sign-in/")


SCENES: tuple[Callable[[Page, Site], None], ...] = (
    choice_start,
    choice_start_password,
    choice_start_srp,
    first_factor,
    password,
    password_srp,
    email_otp,
    email_otp_wrong,
    email_otp_long,
    sms_otp,
    passkey,
    passkey_cancelled,
    sms_mfa,
    email_mfa,
    totp_mfa,
    mfa_type,
    mfa_setup_choice,
    totp_setup,
    email_setup,
    remember_device,
    remembered,
)


def _choose(page: Page, site: Site, factor: str, heading: str) -> None:
    stories.begin_choice(page, site, people.with_phone(site, site.pool.add_user()))
    stories.choose(page, factor)
    _expect(page, heading)


def _use_passkey(page: Page, site: Site) -> stories.Device:
    user = site.pool.add_user()
    device = stories.plug_in(page, people.with_passkey(site, user))
    stories.begin_choice(page, site, user)
    return device


def _sign_in(page: Page, site: Site, user: User, heading: str) -> None:
    stories.try_to_sign_in(page, site, user, flow="USER_PASSWORD_AUTH")
    _expect(page, heading)


def _set_up(page: Page, site: Site, factor: str, heading: str) -> None:
    with site.updated(Policies=PASSWORD_ONLY, MfaConfiguration="ON"):
        _sign_in(page, site, people.without_email(site, site.pool.add_user()), "Set up a second step")
        stories.choose(page, factor)
        _expect(page, heading)


def _expect(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
