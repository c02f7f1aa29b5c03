"""Passkeys: what is kept of them, and the ceremonies of WebAuthn in which they are made and used."""
