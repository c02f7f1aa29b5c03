"""A flow map shows what the pool allows, where one stands and how one came there; in SVG, in words and in Mermaid."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from flows.diagrams import flow_map, state_mermaid, state_text
from flows.management.orders import walk
from flows.pool import custom_policy
from tests.diagrams import pictures

BUILT_IN = ("USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH")
FLOWS = flow_map.names()


def orders_of(flow: str) -> list[tuple[str, ...]]:
    """Every order that the pool's policy lets happen."""
    return [tuple(map(str, order)) for order, ways in walk.legal().items() if flow in {each.flow for each in ways}]


def named(order: tuple[str, ...]) -> list[str]:
    """EMAIL_OTP is a first factor at the beginning and after SELECT_CHALLENGE."""
    found = list(order)
    for at, name in enumerate(order):
        if name == "EMAIL_OTP" and at > 0 and order[at - 1] != "SELECT_CHALLENGE":
            found[at] = "EMAIL_OTP (second factor)"
    return found


def edges(flow: str) -> set[tuple[str, str]]:
    return {(str(one), str(other)) for one, other in flow_map.of(flow).edges}


@pytest.mark.django_db
@pytest.mark.parametrize("flow", BUILT_IN)
def test_the_edges_are_those_that_the_policy_allows(flow: str) -> None:
    allowed = {pair for order in orders_of(flow) for pair in pairwise(["START", *named(order), "TOKENS"])}
    assert len(allowed) > 20
    assert edges(flow) == allowed


def test_custom_auth_goes_where_the_function_may_send_it_and_back_to_the_function() -> None:
    askable = {name.replace("EMAIL_OTP", "EMAIL_OTP (second factor)") for name in custom_policy.ASKABLE.values()}
    drawn = edges("CUSTOM_AUTH")
    from_function = {other for one, other in drawn if one == "DefineAuthChallenge"}
    assert from_function == askable | {"DEVICE_SRP_AUTH", "TOKENS"}
    back = {one for one, other in drawn if other == "DefineAuthChallenge"}
    assert back == {one for one, _ in drawn} - {"DefineAuthChallenge", "SELECT_MFA_TYPE", "DEVICE_SRP_AUTH"}
    assert {one for one, other in drawn if other == "TOKENS"} == {"DefineAuthChallenge"}


@pytest.mark.django_db
def test_what_cognito_adds_to_custom_auth_is_what_it_adds_to_a_password() -> None:
    drawn = edges("CUSTOM_AUTH")
    for one, other in edges("USER_SRP_AUTH"):
        if one != "START" and other not in ("TOKENS", "DEVICE_SRP_AUTH"):
            assert (one, other) in drawn


def test_without_srp_nothing_that_needs_a_password_is_asked() -> None:
    asked = {other for _, other in edges("CUSTOM_WITHOUT_SRP")}
    assert not asked & (set(map(str, custom_policy.NEEDS_PASSWORD)) | {"PASSWORD_VERIFIER", "SELECT_MFA_TYPE"})
    assert {"CUSTOM_CHALLENGE", "TOKENS", "DEVICE_PASSWORD_VERIFIER"} < asked


@pytest.mark.parametrize(
    ("alias", "flow"),
    [
        ("ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"),
        ("REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"),
        ("CUSTOM_WITH_SRP", "CUSTOM_AUTH"),
    ],
)
def test_other_names_of_a_flow_have_its_map(alias: str, flow: str) -> None:
    assert flow_map.of(alias) is flow_map.of(flow)


@pytest.mark.parametrize("name", ["", "user_auth", "USER AUTH", "../orders"])
def test_a_flow_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(flow_map.UnknownFlow):
        flow_map.of(name)


# -- The picture, the words and Mermaid say the same -----------------------------------------------------------------
@pytest.mark.parametrize("flow", FLOWS)
def test_the_picture_shows_every_edge_and_no_other(flow: str) -> None:
    picture = pictures.parse(flow_map.svg(flow_map.of(flow)))
    assert pictures.read(picture).edges() == edges(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_the_words_name_the_same_edges(flow: str) -> None:
    found: set[tuple[str, str]] = set()
    for line in flow_map.text(flow_map.of(flow)).splitlines():
        place, _, following = line.partition(": may be followed by ")
        names = following.replace(" or ", ", ").split(", ") if following else []
        found.update((place, name) for name in names)
    assert found == edges(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_mermaid_comes_back_as_the_same_map(flow: str) -> None:
    onward = state_text.onward(state_mermaid.parse(flow_map.mermaid(flow_map.of(flow))))
    assert {(str(one), str(other)) for one, following in onward.items() for other in following} == edges(flow)


# -- Where one stands, and the way there -----------------------------------------------------------------------------
def moments(flow: str) -> Iterator[tuple[str, ...]]:
    """Each beginning of each order, and the whole with its tokens."""
    for order in orders_of(flow):
        for length in range(1, len(order) + 1):
            yield order[:length]
        yield (*order, "TOKENS")


@pytest.mark.django_db
@pytest.mark.parametrize("flow", BUILT_IN)
def test_at_every_moment_the_present_step_is_lit_and_the_way_is_drawn(flow: str) -> None:
    shown = flow_map.of(flow)
    for path in dict.fromkeys(moments(flow)):
        picture = pictures.parse(flow_map.svg(shown, path=path, lit=path[-1]))
        wanted = named(path)
        assert pictures.lit(picture) == [wanted[-1]], path
        assert set(pictures.taken(picture)) == set(wanted), path
        boxes = walked(pictures.read(picture))
        assert len(boxes) == len(wanted), path
        assert all(name in box for name, box in zip(wanted, boxes, strict=True)), path


def walked(drawn: pictures.Drawn) -> list[list[str]]:
    """What stands in the boxes that the line runs through, one after another."""
    here, way = "start", []
    onward = dict(drawn.taken)
    assert len(onward) == len(drawn.taken), "the line forks"
    while here in onward:
        here = onward.pop(here)
        way += [drawn.boxes[here]] if drawn.boxes[here] else []
    assert not onward, "the line has a gap"
    return way


@pytest.mark.parametrize(
    ("flow", "path", "also"),
    [
        ("USER_PASSWORD_AUTH", ("SMS_MFA",), {"PASSWORD"}),
        ("USER_AUTH", ("SELECT_CHALLENGE", "PASSWORD_VERIFIER"), {"PASSWORD_SRP"}),
        ("USER_AUTH", ("SELECT_CHALLENGE", "TOKENS"), {"PASSWORD"}),
        ("USER_AUTH", ("TOKENS",), {"PASSWORD"}),
        ("CUSTOM_AUTH", ("CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE"), {"DefineAuthChallenge"}),
    ],
)
def test_what_a_call_brings_along_is_on_the_way_though_nobody_was_asked(
    flow: str, path: tuple[str, ...], also: set[str]
) -> None:
    picture = pictures.parse(flow_map.svg(flow_map.of(flow), path=path, lit=path[-1]))
    assert set(pictures.taken(picture)) == {*path, *also}


@pytest.mark.parametrize(
    "path",
    [
        ("NOT_OF_COGNITO",),
        ("SMS_MFA", "SELECT_CHALLENGE"),
        ("SELECT_CHALLENGE", "NOT_OF_COGNITO", "EMAIL_OTP"),
        ("EMAIL_OTP",) * 5,
        ("<svg onload=alert(1)>", "", "START"),
    ],
)
@pytest.mark.parametrize("flow", FLOWS)
def test_what_a_map_does_not_know_is_left_out(flow: str, path: tuple[str, ...]) -> None:
    picture = pictures.parse(flow_map.svg(flow_map.of(flow), path=path, lit=path[-1]))
    assert set(pictures.lit(picture)) <= set(pictures.nodes(picture))


def test_another_use_of_the_same_challenge_is_another_node() -> None:
    shown = flow_map.of("USER_AUTH")
    first = pictures.parse(flow_map.svg(shown, path=("SELECT_CHALLENGE", "EMAIL_OTP"), lit="EMAIL_OTP"))
    second = pictures.parse(flow_map.svg(shown, path=("PASSWORD_VERIFIER", "EMAIL_OTP"), lit="EMAIL_OTP"))
    assert pictures.lit(first) == ["EMAIL_OTP"]
    assert pictures.lit(second) == ["EMAIL_OTP (second factor)"]


def test_a_step_can_be_lit_without_a_way_there() -> None:
    picture = pictures.parse(flow_map.svg(flow_map.of("USER_AUTH"), lit="SMS_MFA"))
    assert pictures.lit(picture) == ["SMS_MFA"]
    assert pictures.taken(picture) == pictures.read(picture).taken == []


def test_a_line_with_a_gap_goes_on_behind_it() -> None:
    """Trying another way begins anew at SELECT_CHALLENGE, with what was met before still marked."""
    path = ("SELECT_CHALLENGE", "EMAIL_OTP", "SELECT_CHALLENGE", "PASSWORD")
    picture = pictures.parse(flow_map.svg(flow_map.of("USER_AUTH"), path=path, lit="PASSWORD"))
    assert set(pictures.taken(picture)) == {"SELECT_CHALLENGE", "EMAIL_OTP", "PASSWORD"}
    assert len(pictures.read(picture).taken) == 4


def test_the_words_say_where_one_is() -> None:
    told = flow_map.text(flow_map.of("USER_AUTH"), path=("SELECT_CHALLENGE", "WEB_AUTHN"), lit="WEB_AUTHN")
    assert "SELECT_CHALLENGE (passed): may" in told
    assert "WEB_AUTHN (you are here): may" in told
    assert told.count("(you are here)") == 1


# -- What a page needs of it -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("flow", FLOWS)
def test_nothing_is_styled_by_attribute(flow: str) -> None:
    """The pages' Content-Security-Policy has no unsafe-inline."""
    picture = pictures.parse(flow_map.svg(flow_map.of(flow), path=("TOKENS",), lit="TOKENS"))
    assert not [each.tag for each in picture.iter() if "style" in each.attrib or each.tag in ("style", "script")]
    assert not [name for each in picture.iter() for name in each.attrib if name.startswith("on")]


def test_nodes_lead_to_their_pages_and_what_has_none_does_not() -> None:
    pages = {"EMAIL_OTP": "/docs/steps/email-otp/", "SMS_OTP": '/?a="b"&c=<d>'}
    shown = flow_map.svg(flow_map.of("USER_AUTH"), link=lambda name: pages.get(name, ""))
    picture = pictures.parse(shown)
    links = {each.attrib["data-node"]: each.attrib["href"] for each in picture.iter() if each.tag == "a"}
    assert links == pages
    assert "<d>" not in shown


def test_a_title_is_escaped() -> None:
    shown = flow_map.svg(flow_map.of("USER_AUTH"), title='"><script>alert(1)</script>')
    assert pictures.parse(shown).attrib["aria-label"] == '"><script>alert(1)</script>'
    assert "<script" not in shown
