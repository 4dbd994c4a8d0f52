"""The index that finds participants by the beginnings of words."""

from typing import Final

NAME: Final = "participant_search"

COLUMNS: Final = ("name", "usage_name", "phone", "number", "commune")

_OPTIONS: Final = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0"

CREATE: Final = f"CREATE VIRTUAL TABLE {NAME} USING fts5({', '.join(COLUMNS)}, {_OPTIONS})"
