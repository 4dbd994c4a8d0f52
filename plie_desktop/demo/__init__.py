"""The whole story on real parts: two laptops, a headquarters, one person's plan on paper.

The command `plie-desktop demo` comes in; nothing else does.
"""
