"""Tokens: issuing and signing them, the keys for it, refreshing, and checking one that comes back."""
