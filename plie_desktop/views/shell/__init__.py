"""The frame around the features: start, window, rail, top bar, moving about, locking.

Only `bootstrap` comes in. The shell knows every feature; no feature knows the shell.
"""
