"""The user directory: who there is, what they are called, where they are reached, what is known of them."""
