"""The shape of the database, step by step; the Alembic scripts are read from here.

The store of the server comes in.
"""
