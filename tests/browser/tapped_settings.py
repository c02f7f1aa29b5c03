"""The site's own settings, with ears on the wire and at the functions (tests/browser/tap.py)."""

from authsite.settings import *  # noqa: F403
from authsite.settings import DEMO_TRIGGERS, LAMBDA_ENVIRONMENT, LAMBDA_HANDLERS, env
from tests.browser import tap

COGNITO_TRANSPORT = "tests.browser.tap.handle"
LAMBDA_HANDLERS = LAMBDA_HANDLERS | {
    name: f"tests.browser.tapped_functions.{name.removeprefix('authsite-').replace('-', '_')}"
    for name in DEMO_TRIGGERS.values()
}
LAMBDA_ENVIRONMENT = LAMBDA_ENVIRONMENT | {tap.VARIABLE: env.str(tap.VARIABLE)}
