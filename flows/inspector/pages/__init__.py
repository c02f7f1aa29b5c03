"""The inspector's own pages, and its switch."""
