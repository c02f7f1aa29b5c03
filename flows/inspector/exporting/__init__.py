"""Runs as files to take along."""
