"""Every SQL statement of a sign-in through the portal's pages, as JSON: ``python -m benchmarks.queries [--inspect]``.

Of the site that the environment describes (DATA_DIR: a database of its own, made when it is not there). Imports nothing
of the project, so that it can be run against an older state of it too. ``--without ROOM ...``: as if these modules did
not exist.
"""

import argparse
import io
import json
import os
import re
import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client

FLOWS = ("USER_PASSWORD_AUTH", "USER_SRP_AUTH")
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_SAVEPOINT = re.compile(r"s\d+_x\d+")  # the same statement is to be the same text


def statements(client: Client, flow: str, user: dict[str, str]) -> list[str]:
    """What one sign-in asks of the database, from the sign-in page to the account page."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *arguments: Any) -> Any:
        asked.append(_SAVEPOINT.sub("savepoint", sql))
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        page = client.get(f"/sign-in/?flow={flow}&new=1").content.decode()
        form = {"flow": flow, "next": "", "username": user["username"], "password": user["password"], "srp": "server"}
        answer = client.post("/sign-in/", form | {"csrfmiddlewaretoken": _token(page)}, follow=True)
    if answer.redirect_chain[-1][0] != "/account/":
        raise SystemExit(f"{flow}: not signed in, but at {answer.redirect_chain}")
    client.post("/sign-out/", {"csrfmiddlewaretoken": _token(answer.content.decode())})
    return asked


def _token(page: str) -> str:
    found = _CSRF.search(page)
    return found[1] if found else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inspect", action="store_true", help="switch the inspector on in this browser")
    parser.add_argument("--without", nargs="*", default=[], metavar="ROOM", help="modules that cannot be imported")
    given = parser.parse_args()
    sys.modules |= dict.fromkeys(given.without)  # None there: ImportError
    os.environ["DJANGO_SETTINGS_MODULE"] = "authsite.settings"

    django.setup()
    told = io.StringIO()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)
    call_command("demo", "--info", stdout=told)
    alice = next(user for user in json.loads(told.getvalue())["users"] if user["username"] == "alice")
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    if given.inspect:
        token = _token(client.get("/sign-in/").content.decode())
        client.post("/flows/inspector/", {"on": "1", "csrfmiddlewaretoken": token})
    for flow in FLOWS:  # what is done once per process is not a sign-in's
        statements(client, flow, alice)
    print(json.dumps({flow: statements(client, flow, alice) for flow in FLOWS}))


if __name__ == "__main__":
    main()
