"""What things are: no input, no output.

`domain` may be read by every room above, the server included; `tables`, how SQLite keeps them,
belongs to the store alone.
"""
