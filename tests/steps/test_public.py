"""What the public parameters of a custom challenge are taken for, whoever made them."""

import base64

import pytest

from flows.steps import once_more, outside, public
from flows.steps.table import step_for
from tests.steps.test_table import pending

PNG = "data:image/png;base64,iVBORw0KGgo="


def asked(**parameters: str) -> object:
    return pending("CUSTOM_CHALLENGE", **parameters)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://pictures.example/5.png", "pictures.example"),
        ("https://PICTURES.example:8443/a?b=c#d", "pictures.example:8443"),
    ],
)
def test_a_picture_elsewhere(address: str, host: str) -> None:
    found = public.picture(asked(captchaUrl=address))
    assert found == public.Media(url=address, host=host)
    allowed = outside.media(asked(captchaUrl=address, captchaAudioUrl="https://sounds.example/5.wav"))
    assert allowed == outside.Outside(
        host=f"{host} and sounds.example",
        directives={"img-src": (f"https://{host}",), "media-src": ("https://sounds.example",)},
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "https:///5.png",
        "https://pictures.example:99999/",
        "https://[::1]/5.png",
        "https://[::1/5.png",
        "https://*.example/",
        "https://'self'/",
        "https://a b/",
        "https://pictures.example,evil.example/",
        "https://pictures.example/\u00e9.png",
        "HTTPS://pictures.example/5.png",
        "https://pictures.example/" + "a" * 2048,
        "data:image/png,raw",
        "data:image/png;base64,",
        "data:image/png;base64,AAAAA",
        "data:image/png;charset=x;base64,AAAA",
        "data:audio/wav;base64,AAAA",
        "data:image/png;base64," + "A" * 131_072,
    ],
    ids=lambda address: address[:40],
)
def test_t116_what_is_no_picture(address: str) -> None:
    assert public.picture(asked(captchaUrl=address)) is None
    assert step_for(asked(captchaUrl=address)).slug == "custom"


def test_a_picture_that_came_along() -> None:
    found = public.picture(asked(captchaUrl=PNG))
    assert found == public.Media(content_type="image/png", content=base64.b64decode("iVBORw0KGgo="))
    assert outside.media(asked(captchaUrl=PNG)) is None, "it comes from here"
    assert "PNG" not in repr(found)


@pytest.mark.parametrize(
    ("parameters", "slug"),
    [
        ({"captchaUrl": PNG, "recaptchaSiteKey": "k", "question": "?", "linkAttempt": "a"}, "captcha"),
        ({"captchaUrl": "x", "recaptchaSiteKey": "k", "question": "?", "linkAttempt": "a"}, "recaptcha"),
        ({"question": "?", "linkAttempt": "a"}, "question"),
        ({"question": "  ", "linkAttempt": "a"}, "link"),
        ({"linkDestination": "a***@e***"}, "custom"),
        ({"recaptchaSiteKey": "a key"}, "custom"),
        ({"recaptchaSiteKey": "k", "recaptchaVersion": "v4"}, "custom"),
        ({}, "custom"),
    ],
)
def test_the_first_that_can_be_shown_wins(parameters: dict[str, str], slug: str) -> None:
    assert step_for(asked(**parameters)).slug == slug


@pytest.mark.parametrize(("action", "expected"), [("a/b_1", "a/b_1"), ("a b", ""), ("", ""), ("x" * 101, "")])
def test_an_action_is_one_that_google_takes(action: str, expected: str) -> None:
    found = public.recaptcha(asked(recaptchaSiteKey="k", recaptchaAction=action))
    assert found == public.Recaptcha(site_key="k", version="v2_checkbox", action=expected)


def test_what_is_said_of_a_link_and_of_anything() -> None:
    first, second = asked(linkAttempt="a"), asked(linkAttempt="b")
    assert "the same e-mail" in once_more.link_again(first, first)
    assert "A new e-mail" in once_more.link_again(first, second)
    assert "the same is asked once more" in once_more.round_again(first, first)
    assert "may not have been right" in once_more.round_again(first, second)
