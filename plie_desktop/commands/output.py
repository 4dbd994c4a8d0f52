"""Where results and sentences go."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from plie_desktop.errors import PlieError
from plie_desktop.text import Words

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")


@dataclass(frozen=True)
class Output:
    """Says sentences on standard error, results on standard output."""

    words: Words
    as_json: bool

    def say(self, sentence: str, **details: object) -> None:
        """A sentence for a person."""
        sys.stderr.write(self.said(sentence, details) + "\n")

    def said(self, sentence: str, details: Mapping[str, object]) -> str:
        """The sentence; a detail that is a message id, such as a question, is said too."""
        told = {
            name: self.words.say(one) if isinstance(one, str) else one
            for name, one in details.items()
        }
        return self.words.say(sentence, **told)

    def document(self, result: object) -> None:
        """The one JSON document of this run; nothing where lines are wanted."""
        if self.as_json:
            sys.stdout.write(msgspec.json.encode(result, enc_hook=_plain).decode() + "\n")

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Lines of cells between tabs; nothing where a document is wanted."""
        if not self.as_json:
            for row in rows:
                sys.stdout.write("\t".join(cell.translate(_CONTROLS) for cell in row) + "\n")

    def facts(self, found: Mapping[str, object]) -> None:
        """Labels and values, one a line; nothing where a document is wanted."""
        self.table(
            (self.words.say(label), "" if value is None else str(value))
            for label, value in found.items()
        )

    def fail(self, error: PlieError) -> None:
        """Why it was not done: a sentence, and the document where one is wanted."""
        self.say(error.sentence, **error.details)
        sentence = self.said(error.sentence, error.details)
        self.document({"error": type(error).__name__, "sentence": sentence})


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)
