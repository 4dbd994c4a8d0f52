"""Brings the catalogues of `resources/locale` up to the words marked in the code.

The French message ids are taken from `say(…)`, `count(one, many, …)` and `N_(…)`. Translations
are kept, those of vanished ids dropped and shown, ids without one listed. Neither places nor
dates are written, so that a change of the code shows only the words it changed.
With `--check` nothing is written: exit 1 when a catalogue is behind the code or incomplete.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from plie_desktop.text import LANGUAGES

ROOT: Final = Path(__file__).resolve().parent.parent
KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {"say": None, "count": (1, 2), "N_": None}
HEADER: Final = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main() -> int:
    is_check = "--check" in sys.argv[1:]
    template = _extract()
    languages = [language for language in LANGUAGES if language != "fr"]
    return max([_bring_up(language, template, is_check=is_check) for language in languages])


def _extract() -> Catalog:
    template = Catalog()
    found = extract_from_dir(ROOT / "plie_desktop", keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        template.add(message)
    return template


def _bring_up(language: str, template: Catalog, *, is_check: bool) -> int:
    file = ROOT / "resources" / "locale" / f"{language}.po"
    before = file.read_bytes() if file.exists() else b""
    catalogue = read_po(io.BytesIO(before), locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    for gone in catalogue.obsolete.values():
        if gone.string:
            print(f"{language}: dropped {gone.id!r}, which was {gone.string!r}")
    untranslated = list(_untranslated(catalogue))
    for message in untranslated:
        print(f"{language}: untranslated {message.id!r}")
    after = _written(catalogue, language)
    if is_check and after != before:
        print(f"{language}: behind the code; run make catalogue")
    if is_check:
        return int(after != before or bool(untranslated))
    file.write_bytes(after)
    print(f"{language}: {len(catalogue)} messages, {len(untranslated)} untranslated")
    return 0


def _untranslated(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        said = message.string or ""
        forms = [said] if isinstance(said, str) else list(said)
        if message.id and (message.fuzzy or not all(forms)):
            yield message


def _written(catalogue: Catalog, language: str) -> bytes:
    out = io.BytesIO()
    write_po(
        out,
        catalogue,
        width=100,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    return HEADER.format(language=language).encode() + out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
