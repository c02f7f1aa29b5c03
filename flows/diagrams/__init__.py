"""Diagrams of flows and of runs: SVG, Mermaid and text that say the same."""
