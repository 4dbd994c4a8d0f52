"""What travels between laptop and headquarters, written once for both.

Desktop rooms above (`sync`, `services`) and `server` may come in. Only domain types, msgspec,
zstandard and cryptography are used here.
"""
