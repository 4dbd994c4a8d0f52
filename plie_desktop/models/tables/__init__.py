"""Tables of the base file, as SQLAlchemy Core declarations. Only the store may come in.

The synchronised ones follow from `domain.records.KINDS`; the others stay on the laptop. No
object is mapped onto them: rows stay in the store.
"""
