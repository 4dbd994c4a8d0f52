"""The encrypted base: SQLCipher through one connection factory, and nothing else.

Services come in through `ports`; `bootstrap` builds `SqlStore`. Rows, tables and SQL stay here;
frozen domain objects go in and out.
"""
