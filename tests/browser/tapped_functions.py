"""The functions of flows.triggers, overheard: what LAMBDA_HANDLERS names in tests/browser/tapped_settings.py."""

from tests.browser.tap import tapped

define_auth_challenge = tapped("define_auth_challenge")
create_auth_challenge = tapped("create_auth_challenge")
verify_auth_challenge_response = tapped("verify_auth_challenge_response")
user_migration = tapped("user_migration")
