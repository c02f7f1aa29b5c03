"""/account/devices/: remembered, not remembered, forgotten; and the one that is in use."""

import pytest

from tests.account.answers import answer
from tests.account.conftest import Member
from tests.cognito.stub import Stub, refusal
from tests.flows.person import Person

pytestmark = pytest.mark.django_db
PAGE = "/account/devices/"
NOW = 1_700_000_000


def devices_of(member: Member) -> dict[str, str]:
    """Key and remembered status of each, as the pool has it."""
    found = member.pool.cognito.list_devices(AccessToken=member.token)["Devices"]
    status = "dev:device_remembered_status"
    return {
        each["DeviceKey"]: next(pair["Value"] for pair in each["DeviceAttributes"] if pair["Name"] == status)
        for each in found
    }


def elsewhere(member: Member) -> Person:
    """The same person signs in from another browser."""
    other = Person(htmx=member.person.htmx)
    other.sign_in("USER_PASSWORD_AUTH", member.user.username, member.user.password)
    assert other.path == "/account/"
    return other


def test_this_one_is_told_from_the_others(member: Member) -> None:
    elsewhere(member)
    assert len(devices_of(member)) == 2
    text = member.person.open(PAGE).text
    assert text.count("This one") == 1
    mine = member.store()["tokens"]["device_key"]
    assert mine in devices_of(member)
    cards = member.person.html.split("<li>")
    assert [mine in card for card in cards if "This one" in card] == [True]


def test_remembering_and_not(member: Member) -> None:
    mine = member.store()["tokens"]["device_key"]
    assert devices_of(member)[mine] == "remembered"
    assert "Remembered" in member.person.open(PAGE).text
    member.person.send(member.person.form(device=mine, status="not_remembered"))
    assert devices_of(member)[mine] == "not_remembered"
    assert "The device was changed." in member.person.text
    member.person.send(member.person.form(device=mine, status="remembered"))
    assert devices_of(member)[mine] == "remembered"


def test_forgetting_asks_first_and_ends_its_tokens(member: Member) -> None:
    other = elsewhere(member)
    mine = member.store()["tokens"]["device_key"]
    theirs = next(key for key in devices_of(member) if key != mine)
    link = f"{PAGE}{theirs}/forget/"
    assert link in member.person.open(PAGE).html
    assert "Whoever uses it will have to sign in again." in member.person.open(link).text
    assert len(devices_of(member)) == 2
    member.person.send(member.person.form(action=link))
    assert "The device was forgotten." in member.person.text
    assert set(devices_of(member)) == {mine}
    assert other


def test_forgetting_the_one_in_use_says_what_follows(member: Member) -> None:
    mine = member.store()["tokens"]["device_key"]
    assert "It is the one you are using" in member.person.open(f"{PAGE}{mine}/forget/").text


def test_a_device_that_is_gone_is_gone(member: Member) -> None:
    elsewhere(member)
    mine = member.store()["tokens"]["device_key"]
    theirs = next(key for key in devices_of(member) if key != mine)
    link = f"{PAGE}{theirs}/forget/"
    form = member.person.open(link).form(action=link)
    member.person.send(form)
    assert member.person.send(form).status == 404
    assert "no longer there" in member.person.text
    assert member.person.open(link).status == 404
    stale = member.person.open(PAGE).form(status="not_remembered")
    assert member.person.send(stale, device=theirs).status == 404


def test_nobody_forgets_anybody_elses(member: Member) -> None:
    mine = member.store()["tokens"]["device_key"]
    other = member.pool.add_user()
    stranger = Person(htmx=member.person.htmx).sign_in("USER_PASSWORD_AUTH", other.username, other.password)
    form = stranger.open(PAGE).form(status="not_remembered")
    assert stranger.send(form, device=mine).status == 404
    assert stranger.open(f"{PAGE}{mine}/forget/").status == 404
    assert devices_of(member)[mine] == "remembered"


def test_many_pages_of_devices_and_a_pool_that_tells_little(member: Member, stub: Stub) -> None:
    """Live ListDevices leaves the remembered status out (AWS CLI examples): then both buttons are there."""
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    one = {"DeviceKey": "us-east-1_a", "DeviceCreateDate": NOW, "DeviceAttributes": []}
    named = [{"Name": "device_name", "Value": "<i>Phone</i>"}, {"Name": "last_ip_used", "Value": "192.0.2.1"}]
    two = {"DeviceKey": "us-east-1_b", "DeviceCreateDate": NOW, "DeviceAttributes": named}
    second = answer({"Devices": [two]})
    first = answer({"Devices": [one], "PaginationToken": "more"})
    second.meanwhile = lambda: stub.answers.update(ListDevices=first)
    first.meanwhile = lambda: stub.answers.update(ListDevices=second)
    stub.answers["ListDevices"] = first
    page = member.person.open(PAGE)
    assert stub.count("ListDevices") == 2
    assert "A device without a name" in page.text
    assert "<i>" not in page.html
    assert "192.0.2.1" in page.text
    assert page.form(device="us-east-1_a", status="remembered")
    assert page.form(device="us-east-1_a", status="not_remembered")


def test_a_pool_without_devices(member: Member, stub: Stub) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["ListDevices"] = answer({"Devices": []})
    assert "No devices are kept for your account." in member.person.open(PAGE).text
    stub.answers["ListDevices"] = refusal("InvalidUserPoolConfigurationException")
    page = member.person.open(PAGE)
    assert (page.status, "No devices" in page.text) == (422, False)
    assert "This site keeps no list of devices." in page.text
