"""Files, functions and classes stay small enough to be read in one go."""

import ast
import re
from collections.abc import Iterator

# The aims are 300, 40, 250 and 20; what reads well may pass them by a tenth.
FILE_LINES = 330
FUNCTION_LINES = 44
CLASS_LINES = 275
CLASS_METHODS = 22
MOCKS_IN_A_TEST_FILE = 1

# What may be longer: “path” or “path: name” → reason.
LONGER: dict[str, str] = {
    "plie_desktop/views/intake/page.py: IntakePage": "many handlers, a few lines each",
    "plie_desktop/views/intake/presenter.py: IntakePresenter": "one slot per signal of its page",
}


def _lines(node) -> int:
    """Length without the docstring: explaining is never too long."""
    spoken = node.body[0].end_lineno if ast.get_docstring(node) else node.lineno
    return node.end_lineno - spoken + 1


def _too_big(modules) -> Iterator[tuple[str, str]]:
    for module in modules:
        size = len(module.text.splitlines())
        if size > FILE_LINES:
            yield module.path, f"{size} lines"
        for node in ast.walk(module.tree):
            where = f"{module.path}: {getattr(node, 'name', '')}"
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if _lines(node) > FUNCTION_LINES:
                    yield where, f"function of {_lines(node)} lines"
            elif isinstance(node, ast.ClassDef):
                methods = sum(isinstance(part, ast.FunctionDef) for part in node.body)
                if _lines(node) > CLASS_LINES or methods > CLASS_METHODS:
                    yield where, f"class of {_lines(node)} lines, {methods} methods"


def test_nothing_outgrows_its_bar(modules):
    grown = [f"{where}: {size}" for where, size in _too_big(modules) if where not in LONGER]
    assert not grown, "\n".join(map(str, grown))


def test_every_exception_is_still_needed(modules):
    assert set(LONGER) <= {where for where, _size in _too_big(modules)}


def test_no_file_is_a_drawer_for_everything(modules):
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
    found = [module.path for module in modules if module.name.rpartition(".")[2] in drawers]
    assert not found, "\n".join(map(str, found))


def test_tests_stand_on_real_parts(root):
    mock = re.compile(r"\b(Mock|MagicMock|AsyncMock|create_autospec|mock\.patch|mocker\.)\b")
    leaning = []
    for file in sorted((root / "tests").rglob("*.py")):
        count = len(mock.findall(file.read_text(encoding="utf-8")))
        own = file.name == "test_sizes.py"
        if count > MOCKS_IN_A_TEST_FILE and not own:
            leaning.append(f"{file.relative_to(root)}: {count}")
    assert not leaning, "\n".join(map(str, leaning))
