"""Measurements: the product beside a limit or a peer, in the same run. `python -m tests.bench`."""
