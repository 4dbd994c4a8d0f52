"""The command line: headquarters' scripts, tests and support use the services from a shell.

Texts for people go to standard error, results to standard output. Exit 0 done, 1 refused or
failed with one sentence, 2 wrong usage. Only `__main__` comes in.
"""
