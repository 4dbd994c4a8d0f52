"""The laptop's half of the exchange with headquarters. Services come in.

`client` is the only place that speaks HTTP; `batches` and `schedule` are pure. The base is not
seen from here: a service carries edits and pages between this room and the store.
"""
