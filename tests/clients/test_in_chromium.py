"""A client in a page of another origin: the browser asks the pool's permission first (CORS), for refusals too."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests import machine
from tests.pools import App, Pool

IDENTITY_JS = "amazon-cognito-identity-js/dist/amazon-cognito-identity.min.js"

SIGN_IN = """
({ userPoolId, clientId, endpoint, username, password }) => new Promise((resolve) => {
  const { AuthenticationDetails, CognitoUser, CognitoUserPool } = AmazonCognitoIdentity;
  const pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint });
  const user = new CognitoUser({ Username: username, Pool: pool });
  user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
    onSuccess: (session) => resolve({ email: session.getIdToken().payload.email }),
    onFailure: ({ code, message }) => resolve({ code, message }),
  });
})
"""


class _EmptyPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Somebody's application</title>")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def application() -> Iterator[str]:
    """The URL of an empty page on a port, and so an origin, of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _EmptyPage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def page(application: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=arguments)
        page = browser.new_page()
        page.goto(application)
        page.add_script_tag(path=machine.node_packages() / IDENTITY_JS)
        yield page
        browser.close()


def sign_in(page: Page, pool: Pool, app: App, username: str, password: str) -> dict[str, Any]:
    options = {
        "userPoolId": pool.pool_id,
        "clientId": app.client_id,
        "endpoint": pool.endpoint,
        "username": username,
        "password": password,
    }
    return dict(page.evaluate(SIGN_IN, options))


def test_signs_in_from_another_origin(page: Page, pool: Pool, apps: dict[bool, App]) -> None:
    user = pool.add_user()
    assert sign_in(page, pool, apps[False], user.username, user.password) == {"email": user.email}


def test_reads_a_refusal_from_another_origin(page: Page, pool: Pool, apps: dict[bool, App]) -> None:
    user = pool.add_user()
    assert sign_in(page, pool, apps[False], user.username, user.password + "x") == {
        "code": "NotAuthorizedException",
        "message": "Incorrect username or password.",
    }
