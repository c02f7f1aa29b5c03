"""See tests/portal_fixtures.py."""

from tests.portal_fixtures import person, portal

__all__ = ["person", "portal"]
