"""The doors of headquarters: each takes the raw request and gives back raw bytes.

Only `app` comes in.
"""
