"""PostgreSQL: every statement of headquarters is written here.

Each module knows the tables of one subject and works on a connection in a transaction of the
caller. Only the parts of the server above come in.
"""
