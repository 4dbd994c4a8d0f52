"""Numbered steps of the base file's schema, run by `store.migrate` alone."""
