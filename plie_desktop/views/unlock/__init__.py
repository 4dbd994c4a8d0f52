"""The door: opens the vault, or makes one at the first start.

It is painted before anything else is loaded, so its page imports Qt and words, nothing heavier.
Only the shell comes in.
"""
