"""First and second factors: which a user has, which is asked, and what the ones with codes have in common."""
