"""Devices: which is known in a sign-in, which is remembered, and what is kept of them."""
