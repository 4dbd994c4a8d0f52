"""The window: the only room that knows Qt.

A feature is a folder with a passive `page.py` (shows, reports what the person did) and a
`presenter.py` (speaks with services). Features are strangers to each other; `shell` moves
between them, `widgets` lends controls, `qt` holds the bridges. Only `bootstrap` comes in.
"""
