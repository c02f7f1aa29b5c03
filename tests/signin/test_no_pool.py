"""The site before its demo was made, or after somebody deleted the demo's pool: pages, not errors."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_landing_page_stands(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Who can sign in" not in answer.content.decode()


@pytest.mark.django_db
def test_signing_in_says_what_is_wrong(client: Client) -> None:
    assert client.get("/sign-in/?flow=USER_PASSWORD_AUTH").status_code == 200
    answer = client.post(
        "/sign-in/", {"flow": "USER_PASSWORD_AUTH", "username": "alice", "password": "Secret-Horse-9!"}
    )
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "not set up correctly" in page
    assert "alice" in page
    assert "Secret-Horse-9!" not in page


@pytest.mark.django_db
def test_a_cookie_is_left_alone_at_the_endpoint(client: Client) -> None:
    """A page of this site that runs a Cognito client sends its session cookie along: it is not looked at."""
    client.cookies["session"] = "a" * 32  # no such session: a look would take the cookie away
    answer = client.post("/cognito-idp", b"{}", content_type="application/x-amz-json-1.1")
    assert answer.status_code == 400
    assert not answer.cookies
