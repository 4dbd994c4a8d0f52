"""Words for people: all marked, all translated, all in the house's French."""

import ast
import re
import string

import pytest
from babel.messages.pofile import read_po

from plie_desktop.text import LANGUAGES

ERRORS = "plie_desktop/errors.py"
# Files whose ids still hold a no-break space.
BOUND_BY_HAND = {"plie_desktop/views/today/presenter.py"}
# Calls of the toolkit whose words a person reads or hears.
WIDGET_WORDS = {
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction"),
    *("setText", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis"),
    *("setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setInformativeText"),
    *("addAction", "addItem", "addItems", "addTab", "addMenu", "setPrefix", "setSuffix"),
}


def _name(call: ast.Call) -> str:
    function = call.func
    return getattr(function, "attr", None) or getattr(function, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _calls(module) -> list[ast.Call]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]


def _ids_of(call: ast.Call) -> tuple[str, ...]:
    """The message ids a call marks: one for say and N_, one and many for count."""
    width = {"say": 1, "N_": 1, "count": 2}.get(_name(call), 0)
    found = tuple(_literal(argument) for argument in call.args[:width])
    return found if width and len(found) == width and None not in found else ()


@pytest.fixture(scope="module")
def marked(modules):
    """Message id, or pair of ids → a file that says it."""
    found = {}
    for module in modules:
        for call in _calls(module):
            ids = _ids_of(call)
            if ids:
                found[ids[0] if len(ids) == 1 else ids] = module.path
    return found


@pytest.fixture(params=[language for language in LANGUAGES if language != "fr"])
def catalogue(request, root):
    file = root / "resources" / "locale" / f"{request.param}.po"
    with file.open("rb") as stream:
        return read_po(stream, locale=request.param)


def _places(message: str) -> set[str]:
    return {
        place for _text, place, _spec, _conversion in string.Formatter().parse(message) if place
    }


def _forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_every_word_in_the_code_is_in_the_catalogue(marked, catalogue):
    known = {message.id for message in catalogue if message.id}
    assert len(marked) > 50
    lacking = sorted(f"{marked[words]}: {words}" for words in marked if words not in known)
    assert not lacking, "\n".join(lacking)


def test_catalogue_keeps_nothing_that_the_code_no_longer_says(marked, catalogue):
    known = {message.id for message in catalogue if message.id}
    stale = sorted(str(words) for words in known - set(marked))
    assert not stale, "\n".join(stale)
    assert list(catalogue.obsolete) == []


def test_every_message_is_translated(catalogue):
    lacking = [
        message.id
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string or "")))
    ]
    assert not lacking, "\n".join(map(str, lacking))


def test_places_are_the_same_on_both_sides(catalogue):
    uneven = []
    for message in catalogue:
        asked = set().union(*map(_places, _forms(message.id)))
        given = [_places(form) for form in _forms(message.string or "")]
        # One form of a plural may do without the number: “one étape”.
        if all(_forms(message.string or "")) and set().union(*given) != asked:
            uneven.append(message.id)
    assert not uneven, "\n".join(map(str, uneven))


def test_every_message_can_be_filled(marked):
    for words in marked:
        for form in _forms(words):
            assert all(place.isidentifier() for place in _places(form)), form


def test_messages_keep_to_the_house_french(marked):
    """Typographic apostrophe, a space before high punctuation, and no blaming words."""
    slips = re.compile(
        r"[a-zà-ÿ]'[a-zà-ÿ]|[a-zà-ÿ)»][!?;]|«\S|\S»|\.\.\.|\binvalide|\béchec|erreur inconnue",
        re.IGNORECASE,
    )
    found = [form for words in marked for form in _forms(words) if slips.search(form)]
    assert not found, "\n".join(map(str, found))


def test_messages_are_typed_with_the_space_bar(marked):
    """One spelling of each: `Words` binds a high mark to its word when it says it in French."""
    bound = {
        path
        for words, path in marked.items()
        for form in _forms(words)
        if re.search("[\u00a0\u202f]", form)
    }
    assert bound == BOUND_BY_HAND


def test_no_word_is_built_before_it_is_said(modules):
    """`say(f"…")` and `say("…".format())` would never be found in the catalogue."""
    built = []
    for module in modules:
        for call in _calls(module):
            if _name(call) not in {"say", "N_"} or not call.args:
                continue
            word = call.args[0]
            if isinstance(word, ast.JoinedStr | ast.BinOp) or (
                isinstance(word, ast.Call) and _name(word) == "format"
            ):
                built.append(f"{module.path}:{call.lineno}")
    assert not built, "\n".join(map(str, built))


def test_widgets_are_given_no_bare_words(modules):
    bare = []
    for module in modules:
        if not module.path.startswith("plie_desktop/views/"):
            continue
        for call in _calls(module):
            words = [_literal(argument) for argument in call.args if _name(call) in WIDGET_WORDS]
            bare += [
                f"{module.path}:{call.lineno}: {word}"
                for word in words
                if word and re.search(r"[^\W\d_]{2}", word) and not word.endswith("://")
            ]
    assert not bare, "\n".join(map(str, bare))


def test_errors_are_raised_with_marked_sentences(modules):
    tree = next(module.tree for module in modules if module.path == ERRORS)
    errors = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    bare = [
        f"{module.path}:{call.lineno}"
        for module in modules
        for call in _calls(module)
        if _name(call) in errors and call.args and _literal(call.args[0]) is not None
    ]
    assert not bare, "\n".join(map(str, bare))
