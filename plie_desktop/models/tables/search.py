"""The index that finds participants by the beginnings of words."""

from typing import Final

NAME: Final = "participant_search"

COLUMNS: Final = ("name", "usage_name", "phone", "number", "commune")

_OPTIONS: Final = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0"

CREATE: Final = (
    f"CREATE VIRTUAL TABLE {NAME} USING fts5({', '.join(COLUMNS)}, {_OPTIONS})",
    # Without it the words of an erased person stay in the index until segments merge.
    f"INSERT INTO {NAME}({NAME}, rank) VALUES ('secure-delete', 1)",  # noqa: S608 - constants
)
