"""See tests/portal_fixtures.py."""

from tests.portal_fixtures import person, portal, stub, stub_server

__all__ = ["person", "portal", "stub", "stub_server"]
