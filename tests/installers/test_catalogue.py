"""The catalogue follows the code: new words come in, gone ones leave, translations stay."""

import shutil
import subprocess
import sys

import pytest

PO = "resources/locale/en.po"


@pytest.fixture
def checkout(tmp_path, request):
    """A small program with a complete catalogue."""
    root = request.config.rootpath
    (tmp_path / "installers").mkdir()
    shutil.copy(root / "installers" / "catalogue.py", tmp_path / "installers")
    (tmp_path / "plie_desktop").mkdir()
    _says(tmp_path, 'words.say("Bonjour")\nwords.count("{n} étape", "{n} étapes", n)\n')
    (tmp_path / "resources" / "locale").mkdir(parents=True)
    _run(tmp_path)
    text = (tmp_path / PO).read_text(encoding="utf-8")
    for empty, said in (
        ('"Bonjour"\nmsgstr ""', '"Bonjour"\nmsgstr "Hello"'),
        ('msgstr[0] ""', 'msgstr[0] "{n} step"'),
        ('msgstr[1] ""', 'msgstr[1] "{n} steps"'),
    ):
        assert empty in text
        text = text.replace(empty, said)
    (tmp_path / PO).write_text(text, encoding="utf-8")
    return tmp_path


def _says(folder, code):
    (folder / "plie_desktop" / "page.py").write_text(code, encoding="utf-8")


def _run(folder, *arguments):
    command = [sys.executable, folder / "installers" / "catalogue.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_complete_catalogue_passes_and_is_written_the_same_again(checkout):
    before = (checkout / PO).read_bytes()
    assert _run(checkout, "--check").returncode == 0
    assert _run(checkout).returncode == 0
    assert (checkout / PO).read_bytes() == before


def test_new_word_fails_the_check_and_is_listed(checkout):
    _says(checkout, 'words.say("Bonjour")\nN_("Prévue")\nwords.count("{n} étape", "{n} étapes", n)')
    done = _run(checkout, "--check")
    assert done.returncode == 1
    assert "untranslated 'Prévue'" in done.stdout
    assert "Prévue" not in (checkout / PO).read_text(encoding="utf-8")


def test_gone_word_is_dropped_and_its_translation_shown(checkout):
    _says(checkout, 'words.count("{n} étape", "{n} étapes", n)')
    assert _run(checkout, "--check").returncode == 1
    assert "dropped 'Bonjour', which was 'Hello'" in _run(checkout).stdout
    text = (checkout / PO).read_text(encoding="utf-8")
    assert "Bonjour" not in text
    assert "{n} steps" in text


def test_catalogue_says_neither_where_nor_when(checkout):
    text = (checkout / PO).read_text(encoding="utf-8")
    assert "page.py" not in text
    assert "Date" not in text
