"""The seam for messages: the outbox, Django's e-mail backend over SMTP, Amazon SNS by boto3, the terminal."""

import socketserver
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import transaction
from pytest_django import Settings

from flows.pool.delivery import background, deliver, sns
from flows.pool.tools import Message
from tests import boto
from tests.pool.conftest import World
from tests.pool.test_one_time_codes import EMAIL, request, set_attributes
from tests.pool.test_user_auth import policies

MAIL = Message(
    medium="email",
    destination="alice@example.com",
    username="alice",
    purpose="Authentication",
    text="Your authentication code is 00123456.",
    code="00123456",
    subject="Your authentication code",
)
SMS = Message(
    medium="sms",
    destination="+15551234567",
    username="alice",
    purpose="Authentication",
    text="Code 123456",
    code="123456",
)
pytestmark = pytest.mark.django_db(transaction=True)  # messages leave when something has really been committed


class Smtp(socketserver.ThreadingTCPServer):
    """As much of an SMTP server as it takes: every message goes to ``letters``. ``answers`` is set to go on."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SmtpHandler)
        self.letters: Queue[str] = Queue()
        self.answers = threading.Event()
        self.refuses = False
        self.answers.set()


class _SmtpHandler(socketserver.StreamRequestHandler):
    server: Smtp

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.server.answers.wait(timeout=20)
                self._say("354 go on")
                self.server.letters.put(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            if verb == b"RCPT" and self.server.refuses:
                self._say(f"550 no such mailbox: {line.decode().strip()}")
                continue
            self._say("221 bye" if verb == b"QUIT" else "250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def smtp(settings: Settings) -> Iterator[Smtp]:
    with Smtp() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.POOL_DELIVERY = {"email": "mail", "sms": "outbox"}
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.DEFAULT_FROM_EMAIL = "sign-in@example.net"
        yield server
        server.answers.set()
        server.shutdown()


class Sns(ThreadingHTTPServer):
    """Amazon SNS, as far as ``publish``: every call goes to ``calls``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SnsHandler)
        self.calls: Queue[dict[str, list[str]]] = Queue()


class _SnsHandler(BaseHTTPRequestHandler):
    server: Sns

    def do_POST(self) -> None:
        self.server.calls.put(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        body = b"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def test_e_mail_by_smtp(smtp: Smtp) -> None:
    deliver("pool", MAIL)
    letter = smtp.letters.get(timeout=10)
    assert "From: sign-in@example.net\r\n" in letter
    assert "To: alice@example.com\r\n" in letter
    assert "Subject: Your authentication code\r\n" in letter
    assert letter.rstrip().endswith("Your authentication code is 00123456.")


def test_text_messages_by_sns(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sns() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATESTS")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
        sns._client.cache_clear()
        settings.POOL_DELIVERY = {"email": "outbox", "sms": "sns"}
        deliver("pool", SMS)
        call = server.calls.get(timeout=10)
        server.shutdown()
    sns._client.cache_clear()
    assert (call["Action"], call["PhoneNumber"], call["Message"]) == (["Publish"], [SMS.destination], [SMS.text])
    assert "Transactional" in str(call)


def test_the_terminal(settings: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    settings.POOL_DELIVERY = {"email": "console", "sms": "console"}
    for message in (MAIL, SMS):
        deliver("pool", message)
    until, told = time.monotonic() + 10, ""
    while told.count("\n") < 2 and time.monotonic() < until:
        time.sleep(0.05)
        told += capfd.readouterr().out
    assert "[pool] email to alice@example.com (Authentication): Your authentication code is 00123456." in told
    assert "[pool] sms to +15551234567 (Authentication): Code 123456" in told


def test_a_message_leaves_only_when_the_transaction_has_been_committed(smtp: Smtp) -> None:
    with transaction.atomic():
        deliver("pool", MAIL)
        transaction.set_rollback(True)
    with transaction.atomic():
        deliver("pool", MAIL)
        with pytest.raises(Empty):
            smtp.letters.get(timeout=0.3)
    assert smtp.letters.get(timeout=10)
    assert smtp.letters.empty()


def test_a_mail_server_that_hangs_holds_no_sign_in(smtp: Smtp, world: World) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies=policies("EMAIL_OTP"))
    world.client_id = world.add_client(ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    set_attributes(world, email=EMAIL)
    smtp.answers.clear()
    asked = boto.in_process(signed=False).initiate_auth(**request(world, "EMAIL_OTP"))
    assert asked["ChallengeName"] == "EMAIL_OTP"
    assert smtp.letters.empty()
    smtp.answers.set()
    letter = smtp.letters.get(timeout=10)
    answer = {"USERNAME": "alice", "EMAIL_OTP_CODE": letter.rpartition(" ")[2].strip(" .\r\n")}
    assert boto.in_process(signed=False).respond_to_auth_challenge(
        ClientId=world.client_id, ChallengeName="EMAIL_OTP", Session=asked["Session"], ChallengeResponses=answer
    )["AuthenticationResult"]


def test_t049_a_failure_is_logged_without_code_or_address(smtp: Smtp, caplog: pytest.LogCaptureFixture) -> None:
    smtp.refuses = True
    deliver("pool", MAIL)
    until = time.monotonic() + 10
    while not caplog.messages and time.monotonic() < until:
        time.sleep(0.05)
    assert caplog.messages == ["Authentication by email of pool pool not sent: SMTPRecipientsRefused"]
    assert MAIL.code not in caplog.text
    assert MAIL.destination not in caplog.text


def test_no_more_messages_wait_than_there_is_room_for(
    smtp: Smtp, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "DELIVERY", background.Queue("few", threads=2, most=3))
    smtp.answers.clear()
    for _ in range(4):
        deliver("pool", MAIL)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert MAIL.destination not in caplog.text
    smtp.answers.set()
    for _ in range(3):
        smtp.letters.get(timeout=10)
    deliver("pool", MAIL)
    assert smtp.letters.get(timeout=10)
