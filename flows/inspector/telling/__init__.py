"""Entries in words and pictures: trees, proofs, names, the way on the map, who said what."""
