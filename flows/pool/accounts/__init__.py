"""An account from its first code to its lost password: signing up, invitations, verification, recovery."""
