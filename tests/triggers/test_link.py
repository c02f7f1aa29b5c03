"""The magic link: right, wrong, late, twice, on another device, for nobody."""

import base64
import hashlib
import hmac
import json
import logging
import re
import time
from typing import Any

import pytest

from tests.triggers.attempt import ANNA, Attempt, here
from tests.triggers.aws import Aws

SECRET = "0123456789abcdef0123456789abcdef"
URL = "https://sign-in.example/link/"


@pytest.fixture(autouse=True)
def link(monkeypatch: pytest.MonkeyPatch, aws: Aws) -> None:
    settings = {
        "CHALLENGES": "link",
        "LINK_SECRET": SECRET,
        "LINK_URL": URL,
        "MAIL_FROM": "no-reply@sign-in.example",
        "SITE_NAME": "Example & Sons",
        "LINK_ANSWER_SECONDS": "0",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def mailed(aws: Aws, number: int = -1) -> tuple[str, str]:
    """Token and code of a message, read as a person's mail program shows them."""
    body = aws.emails[number]["Content"]["Simple"]["Body"]
    token = re.search(rf"{re.escape(URL)}#(\S+)", body["Text"]["Data"])
    code = re.search(r"(\d{4} \d{4})", body["Text"]["Data"])
    assert token
    assert code
    assert token[1] in body["Html"]["Data"]
    assert code[1] in body["Html"]["Data"]
    return token[1], code[1]


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def payload(token: str) -> dict[str, Any]:
    """What the page reads without any secret."""
    content: dict[str, Any] = json.loads(decoded(token.partition(".")[0]))
    return content


def test_the_link_signs_in(aws: Aws) -> None:
    attempt = Attempt().start()
    assert attempt.public.keys() == {"linkAttempt"}, "where it went is for nobody who only typed a name"
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", attempt.public["linkAttempt"])
    (message,) = aws.emails
    assert message["Destination"] == {"ToAddresses": ["anna@example.com"]}
    assert message["FromEmailAddress"] == "no-reply@sign-in.example"
    assert message["Content"]["Simple"]["Subject"]["Data"] == "Sign in to Example & Sons"
    body = message["Content"]["Simple"]["Body"]
    assert "Example &amp; Sons" in body["Html"]["Data"]
    assert all("Never give the code or the link to anybody" in part["Data"] for part in body.values())
    assert attempt.answer(mailed(aws)[0]).tokens


def test_the_code_signs_in_from_another_device(aws: Aws) -> None:
    attempt = Attempt().start()
    token, code = mailed(aws)
    shown = payload(token)
    assert shown["attempt"] == attempt.public["linkAttempt"]
    assert shown["code"] == code.replace(" ", "")
    assert 890 < shown["exp"] - time.time() <= 900
    assert attempt.answer(code).tokens


@pytest.mark.parametrize("form", ["{0}{1}", " {0} {1} ", "{0}-{1}"])
def test_the_code_as_people_type_it(aws: Aws, form: str) -> None:
    attempt = Attempt().start()
    assert attempt.answer(form.format(*mailed(aws)[1].split())).tokens


def test_a_wrong_answer_sends_no_second_message_and_the_first_stays_good(aws: Aws) -> None:
    attempt = Attempt().start()
    before = dict(attempt.public)
    assert attempt.answer("00000000").public == before
    assert len(aws.emails) == 1
    assert attempt.answer(mailed(aws)[0]).tokens


def test_guessing_ends(aws: Aws) -> None:
    attempt = Attempt().start().answer("00000000").answer("00000001")
    assert attempt.answer("00000002").failed


def test_a_link_of_another_attempt_is_none(aws: Aws) -> None:
    """Whoever gets somebody to click on a link has begun that sign-in; the link works in it only."""
    first, second = Attempt().start(), Attempt().start()
    (token, code), (other_token, other_code) = mailed(aws, 0), mailed(aws, 1)
    assert first.answer(other_token).asked
    assert first.answer(other_code).asked
    assert second.answer(token).asked
    assert second.answer(code).asked
    assert first.answer(token).tokens
    assert second.answer(other_code).tokens


def test_the_right_code_in_the_token_of_another_attempt_is_none(aws: Aws) -> None:
    attempt = Attempt().start()
    content = payload(mailed(aws)[0])
    for changed in ({"attempt": "another"}, {"exp": content["exp"] + 1}, {}):
        body = encoded(json.dumps(content | changed).encode())
        mac = hmac.digest(SECRET.encode(), b"flows.triggers link token\0" + body.encode(), hashlib.sha256)
        attempt.answer(f"{body}.{encoded(mac)}")
    assert attempt.tokens, "the last one, which is as it should be"
    assert [each["challengeResult"] for each in attempt.rounds] == [False, False, True]


def test_no_message_for_nobody_even_if_an_address_is_told(aws: Aws) -> None:
    event = Attempt().event("create-auth-challenge", {"session": [], "userNotFound": True}, {}, {})
    assert event["request"]["userAttributes"]["email_verified"] == "true"
    here("create-auth-challenge", event)
    assert not aws.emails


UNREACHABLE = {
    "nobody": {"name": "bert", "nobody": True},
    "nobody with an address for a name": {"name": "bert@example.org", "nobody": True},
    "unverified": {"attributes": {**ANNA, "email_verified": "false"}},
    "no address": {"attributes": {"sub": ANNA["sub"]}},
}


@pytest.mark.parametrize("who", UNREACHABLE.values(), ids=UNREACHABLE.keys())
def test_without_a_message_no_code_is_right_whichever(monkeypatch: pytest.MonkeyPatch, who: dict[str, Any]) -> None:
    """Not even the one that a message would have held."""
    monkeypatch.setattr("secrets.randbelow", lambda _: 12345678)
    assert Attempt().start().answer("12345678").tokens
    attempt = Attempt(**who).start()
    for _ in range(2):
        assert attempt.answer("12345678").asked
    assert not any(each["challengeResult"] for each in attempt.rounds)


def test_an_expired_one_is_none_and_another_message_follows(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINK_SECONDS", "1")
    attempt, late = Attempt().start(), Attempt().start()
    (token, _), (_, code) = mailed(aws, 0), mailed(aws, 1)
    monkeypatch.setenv("LINK_SECONDS", "900")
    time.sleep(1.2)
    assert attempt.answer(token).asked
    assert late.answer(code).asked
    assert len(aws.emails) == 4
    assert attempt.answer(mailed(aws, 2)[0]).tokens
    assert late.answer(mailed(aws, 3)[1]).tokens


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-2],
        lambda token: token + "A",
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".",
        lambda token: "." + token.partition(".")[2],
        lambda token: token.replace(".", ".."),
        lambda token: "." * 1000,
        lambda token: "é.é",
        lambda token: encoded(json.dumps(payload(token) | {"exp": 1}).encode()) + "." + token.partition(".")[2],
        lambda token: (
            encoded(b"{}") + "." + encoded(hmac.digest(b"another key", encoded(b"{}").encode(), hashlib.sha256))
        ),
        lambda token: f"{URL}#{token}",
        lambda token: json.dumps(payload(token)),
    ],
)
def test_what_is_not_the_token_is_refused(aws: Aws, forge: Any) -> None:
    attempt = Attempt().start()
    token, _ = mailed(aws)
    assert attempt.answer(forge(token)).asked
    assert attempt.answer(token).tokens, "and costs a try, no more"


def test_another_secret_makes_it_worthless(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = Attempt().start()
    monkeypatch.setenv("LINK_SECRET", SECRET[::-1])
    assert attempt.answer(mailed(aws)[0]).asked
    assert attempt.answer(mailed(aws)[1]).asked


def test_the_code_is_told_by_nothing_that_is_kept(aws: Aws, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "flows")
    attempt = Attempt().start()
    token, code = mailed(aws)
    kept = json.dumps([attempt.public, attempt.private, attempt.marked]) + caplog.text
    assert code.replace(" ", "") not in kept
    assert token not in kept
    assert attempt.marked
    assert attempt.marked.partition(":")[0] == "LINK_CHALLENGE"


@pytest.mark.parametrize("who", UNREACHABLE.values(), ids=UNREACHABLE.keys())
def test_without_a_verified_address_it_looks_the_same_and_nothing_is_sent(aws: Aws, who: dict[str, Any]) -> None:
    attempt, real = Attempt(**who).start(), Attempt().start()
    assert len(aws.emails) == 1
    assert attempt.public.keys() == real.public.keys()
    assert {name: len(value) for name, value in attempt.private.items()} == {
        name: len(value) for name, value in real.private.items()
    }, "a Session that holds them is as long"
    assert len(attempt.marked or "") == len(real.marked or "")
    before = dict(attempt.public)
    assert attempt.answer("00000000").public == before
    assert attempt.answer("00000000").public == before
    assert attempt.answer(mailed(aws)[0]).failed


def test_with_or_without_a_message_it_takes_as_long(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINK_ANSWER_SECONDS", "1")
    took = []
    for nobody in (False, True):
        began = time.monotonic()
        Attempt(nobody=nobody).start()
        took.append(time.monotonic() - began)
    assert all(1 <= seconds < 6 for seconds in took), took


def test_mail_that_cannot_be_sent_is_a_line_in_the_log(aws: Aws, caplog: pytest.LogCaptureFixture) -> None:
    aws.down = True
    attempt = Attempt().start()
    assert attempt.public.keys() == {"linkAttempt"}
    assert "could not be sent" in caplog.text
    assert "anna" not in caplog.text


@pytest.mark.parametrize("name", ["LINK_SECRET", "LINK_URL", "MAIL_FROM"])
def test_what_is_not_set_is_said_whoever_asks(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)
    for nobody in (False, True):
        with pytest.raises(Exception, match=f"{name} is not set"):
            Attempt(nobody=nobody).start()


def test_a_short_secret_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINK_SECRET", "x" * 31)
    with pytest.raises(Exception, match="LINK_SECRET is shorter than 32 characters"):
        Attempt().start()
