"""Bridges between Qt and the program: threads, looks, words, keys. All views come in.

Nothing heavy is imported here: the first window is painted with this room alone.
"""
