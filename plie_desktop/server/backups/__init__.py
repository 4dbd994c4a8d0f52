"""Backups of headquarters: sealed to a key that is kept elsewhere, verified, restored.

Only the command comes in.
"""
