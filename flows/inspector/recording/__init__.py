"""From what portal and pool tell to entries: observed, described, tied to a run."""
