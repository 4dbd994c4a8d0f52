"""PLIE Desktop: offline intakes, pathways and plans for a French PLIE."""

__version__ = "0.1.0"
