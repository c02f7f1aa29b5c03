"""What is said in Amplify's words for one call: a function and its argument, or only a comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """``function`` of ``aws-amplify/auth`` with ``argument`` (None for none); empty where Amplify calls by itself.

    ``first`` are arguments that the same function is called with before, where Amplify asks twice. ``brings`` is what
    its result is bound to. ``signs_in``: it belongs to a sign-in and has a ``nextStep``; ``as_user``: it needs one.
    ``next_step`` is that ``signInStep``, where Cognito's answer does not tell.
    """

    function: str = ""
    argument: Any = None
    first: tuple[Any, ...] = ()
    brings: str = ""
    comments: tuple[str, ...] = ()
    signs_in: bool = False
    as_user: bool = False
    next_step: str = ""


def signs_in(function: str, argument: Any, *comments: str, first: tuple[Any, ...] = (), next_step: str = "") -> Said:
    """``signIn`` or ``confirmSignIn``."""
    return Said(
        function=function,
        argument=argument,
        first=first,
        brings="{ nextStep }",
        comments=comments,
        signs_in=True,
        next_step=next_step,
    )


def as_user(function: str, argument: Any = None, *comments: str, brings: str = "") -> Said:
    """A function for whoever is signed in."""
    return Said(function=function, argument=argument, brings=brings, comments=comments, as_user=True)


def silent(*comments: str, in_sign_in: bool = False) -> Said:
    """Amplify does it without being asked, or cannot do it: the comment says which."""
    return Said(comments=comments, signs_in=in_sign_in)


def metadata(request: Request) -> dict[str, Any]:
    """The option for ClientMetadata; none where the request has none."""
    return {"clientMetadata": request["ClientMetadata"]} if request.get("ClientMetadata") else {}
