"""The gallery: every sign-in flow as a card, compared, and to be tried."""
