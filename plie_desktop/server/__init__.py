"""Headquarters: enrols laptops, judges their edits, and hands each of them what is its own.

Only `protocol`, `models.domain` and the foundation are used here. Nobody comes in but the
command `plie-server`; laptops knock at the routes.
"""
