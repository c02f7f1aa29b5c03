"""Pools and app clients as those who run them see them: settings, defaults, tiers, secrets, scopes, tags."""
