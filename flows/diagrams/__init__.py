"""Diagrams of flows and of runs: SVG, Mermaid and text that say the same."""

from flows.diagrams.mermaid import from_mermaid

__all__ = ["from_mermaid"]
