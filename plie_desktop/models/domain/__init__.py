"""Frozen things and their rules, in the words of the field (docs/glossary.md).

Every room above may come in. Nothing here reads a file, a clock or a table: what a rule needs
is handed to it. Only the standard library, `text` (to mark labels) and `errors` are used.
"""
