"""The demo: who plays in it, the pool that is made for it, and what it shows to the person at this machine."""
