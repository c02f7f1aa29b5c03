"""/account/passkeys/: one more, one less, and what is said when that cannot be."""

import json
from typing import Any

import pytest

from tests.account.answers import answer
from tests.account.conftest import Member
from tests.cognito.stub import Stub, refusal
from tests.flows.person import Form, Person

pytestmark = pytest.mark.django_db
LIST, ADD = "/account/passkeys/", "/account/passkeys/add/"


def ceremony(member: Member) -> Form:
    """The form that asks the browser; a browser without scripting never shows it, but may be told to send it."""
    html = member.person.open(ADD).html
    assert 'data-webauthn="create"' in html
    reader = Person(htmx=True, client=member.person.client)
    return reader.open(ADD).form(**{"data-webauthn": "create"})


def register(member: Member, **bent: Any) -> Person:
    form = ceremony(member)
    made = member.phone.register(form.attributes["data-options"], **bent)
    return member.person.send(form, credential=json.dumps(made))


def delete_link(member: Member) -> str:
    return f"{LIST}{member.passkeys()[0]['CredentialId']}/delete/"


def test_nobody_is_shown_anything_before_signing_in(person: Person, portal: Any) -> None:
    assert person.open(LIST).path == "/sign-in/"
    assert person.url.endswith("next=%2Faccount%2Fpasskeys%2F")


def test_first_there_is_none_and_the_way_to_one(member: Member) -> None:
    member.person.open(LIST)
    assert "You have no passkey yet." in member.person.text
    assert member.person.link("Add a passkey") == ADD


def test_a_passkey_is_added_and_listed(member: Member) -> None:
    register(member)
    assert member.person.path == LIST
    assert "The passkey was added." in member.person.text
    [there] = member.passkeys()
    assert there["FriendlyCredentialName"] in member.person.text
    assert "Kept by a device or its password manager" in member.person.text
    assert "for localhost" in member.person.text


def test_without_scripting_it_says_what_is_missing(member: Member) -> None:
    assert "Passkeys need JavaScript" in member.person.open(ADD).text


def test_a_device_that_has_one_already_is_told_which(member: Member) -> None:
    """So that the browser can say so (excludeCredentials)."""
    member.add_passkey()
    options = json.loads(ceremony(member).attributes["data-options"])
    assert [each["id"] for each in options["excludeCredentials"]] == [member.passkeys()[0]["CredentialId"]]


@pytest.mark.parametrize("sent", ["", "no JSON", "[]", "null", "[" * 5000, '"' + "x" * 70_000 + '"'])
def test_t107_what_is_no_credential_is_refused_and_a_fresh_form_comes_back(member: Member, sent: str) -> None:
    form = ceremony(member)
    answer = member.person.send(form, credential=sent)
    assert answer.status == 422
    assert "no passkey" in answer.text
    assert 'data-webauthn="create"' in answer.html
    assert form.attributes["data-options"] not in answer.html, "the next try has a challenge of its own"
    assert member.passkeys() == []


def test_t107_a_passkey_of_another_address_is_refused_with_a_way_on(member: Member) -> None:
    answer = register(member, client_data={"origin": "https://elsewhere.example"})
    assert answer.status == 422
    assert "do not count at this address" in answer.text
    assert 'data-webauthn="create"' in answer.html
    assert member.passkeys() == []
    register(member)
    assert len(member.passkeys()) == 1


def test_a_registration_is_good_for_once(member: Member) -> None:
    form = ceremony(member)
    made = json.dumps(member.phone.register(form.attributes["data-options"]))
    member.person.send(form, credential=made)
    assert len(member.passkeys()) == 1
    answer = member.person.send(form, credential=made)
    assert answer.status == 422
    assert len(member.passkeys()) == 1


def test_deleting_asks_first(member: Member) -> None:
    member.add_passkey()
    link = delete_link(member)
    assert member.person.open(LIST).html.count(link) == 1
    member.person.open(link)
    assert "Delete this passkey?" in member.person.text
    assert len(member.passkeys()) == 1
    member.person.send(member.person.form(action=link))
    assert member.person.path == LIST
    assert "The passkey was deleted here." in member.person.text
    assert member.passkeys() == []


def test_a_passkey_that_is_gone_is_gone(member: Member) -> None:
    member.add_passkey()
    link = delete_link(member)
    form = member.person.open(link).form(action=link)
    member.person.send(form)
    answer = member.person.send(form)
    assert answer.status == 404
    assert "no longer there" in answer.text
    assert member.person.open(link).status == 404


def test_nobody_deletes_anybody_elses(member: Member) -> None:
    member.add_passkey()
    link = delete_link(member)
    other = member.pool.add_user()
    stranger = Person(htmx=member.person.htmx).sign_in("USER_PASSWORD_AUTH", other.username, other.password)
    assert stranger.path == "/account/"
    assert stranger.open(link).status == 404
    assert len(member.passkeys()) == 1


@pytest.mark.parametrize("former", [False, True], ids=["one", "and one of a former domain"])
def test_t108_the_only_way_in_stays(member: Member, stub: Stub, former: bool) -> None:
    """Someone without a password and addresses, whose one passkey is all there is, or all that works here."""
    one = {"CredentialId": "abc", "FriendlyCredentialName": "Phone", "RelyingPartyId": "localhost"}
    one |= {"AuthenticatorTransports": [], "CreatedAt": 1_700_000_000}
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    useless = one | {"CredentialId": "xyz", "RelyingPartyId": "former.example"}
    stub.answers["ListWebAuthnCredentials"] = answer({"Credentials": [one, useless] if former else [one]})
    stub.answers["GetUserAuthFactors"] = answer(
        {"Username": "x", "ConfiguredUserAuthFactors": ["WEB_AUTHN", "SOFTWARE_TOKEN_MFA"]}
    )
    page = member.person.open(f"{LIST}abc/delete/")
    assert "This passkey stays" in page.text
    assert page.status == 422
    token = page.form(action="/sign-out/").values if "/sign-out/" in page.html else {}
    page.send(Form({"action": f"{LIST}abc/delete/", "hx-post": ""}, csrf(page) | token))
    assert "only way to sign in" in page.text
    assert stub.count("DeleteWebAuthnCredential") == 0

    stub.answers["GetUserAuthFactors"] = answer(
        {"Username": "x", "ConfiguredUserAuthFactors": ["WEB_AUTHN", "EMAIL_OTP"]}
    )
    page.send(page.open(f"{LIST}abc/delete/").form(action=f"{LIST}abc/delete/"))
    assert stub.count("DeleteWebAuthnCredential") == 1


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        ("WebAuthnNotEnabledException", "not switched on here", 422),
        ("WebAuthnConfigurationMissingException", "not set up correctly", 503),
        ("LimitExceededException", "as many passkeys as", 422),
        ("TooManyRequestsException", "Too many attempts", 429),
        ("InternalErrorException", "Nothing was changed", 503),
        ("UnknownOperationException", "not switched on here", 422),
    ],
)
def test_t107_what_a_pool_may_say_to_a_new_passkey(
    member: Member, stub: Stub, code: str, words: str, status: int
) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["StartWebAuthnRegistration"] = refusal(code)
    page = member.person.open(ADD)
    assert page.status == status
    assert words in page.text
    assert page.link("Back to your passkeys") == LIST
    assert "data-webauthn=" not in page.html


def test_a_pool_that_cannot_list_says_so_on_a_page_that_has_a_way_on(member: Member, stub: Stub) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["ListWebAuthnCredentials"] = refusal("InternalErrorException")
    page = member.person.open(LIST)
    assert page.status == 503
    assert "no passkey yet" not in page.text
    assert page.link("Overview") == "/account/"


def test_a_session_that_the_pool_ended_meanwhile_ends_here_too(member: Member, stub: Stub) -> None:
    """The check before the view said yes; the call in the view says no."""
    good = answer({"Username": "x", "UserAttributes": []})
    ended = refusal("NotAuthorizedException", "Access Token has been revoked")
    stub.answers["GetUser"] = good
    ended.meanwhile = lambda: stub.answers.update(GetUser=refusal("NotAuthorizedException"))
    stub.answers["ListWebAuthnCredentials"] = ended
    assert member.person.open(LIST).path == "/sign-in/"
    assert "Sign in again to go on" in member.person.text


def test_being_refused_one_thing_does_not_end_the_session(member: Member, stub: Stub) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["ListWebAuthnCredentials"] = refusal("NotAuthorizedException", "Access Token lacks a scope")
    page = member.person.open(LIST)
    assert (page.path, page.status) == (LIST, 403)
    assert "may not do this" in page.text


def test_a_name_is_text(member: Member, stub: Stub) -> None:
    one = {"CredentialId": "a/b&c", "FriendlyCredentialName": "<b>Phone</b>", "RelyingPartyId": "localhost"}
    one |= {"AuthenticatorTransports": [], "CreatedAt": 1_700_000_000}
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["ListWebAuthnCredentials"] = answer({"Credentials": [one]})
    page = member.person.open(LIST)
    assert "<b>Phone" not in page.html
    assert "<b>Phone</b>" in page.text


def test_a_passkey_is_suggested_to_whoever_has_none(member: Member, settings: Any) -> None:
    settings.SIGN_IN_FLOWS = ["USER_AUTH", "USER_PASSWORD_AUTH"]
    assert member.person.open("/account/").link("Add a passkey") == ADD
    register(member)
    assert "Add a passkey" not in member.person.open("/account/").text


def test_t093_only_this_site_itself_may_ask_for_passkeys_and_nobody_frames_it(member: Member) -> None:
    headers = member.person.open(ADD).answer.headers
    asked = {part.strip() for part in headers["Permissions-Policy"].split(",")}
    assert {"publickey-credentials-create=(self)", "publickey-credentials-get=(self)"} <= asked
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def csrf(page: Person) -> dict[str, str]:
    return {"csrfmiddlewaretoken": page.open("/account/").form(action="/sign-out/").values["csrfmiddlewaretoken"]}
