"""Every module says what is done in it; every room says who may come in."""

import ast
import re

WELCOME = re.compile(r"\bcomes? in\b|\bmay (use|be read by)\b|\bbelongs to\b")
# Rooms whose parts are rooms themselves.
HALLS = ("plie_desktop.models", "plie_desktop.views", "plie_desktop.server")


def _is_room(module) -> bool:
    hall, _, own = module.name.rpartition(".")
    is_package = module.path.endswith("/__init__.py")
    return own != "__main__" and (
        hall == "plie_desktop" or (hall in HALLS and is_package and own != "migrations")
    )


def test_every_module_opens_with_its_docstring(modules):
    silent = [module.path for module in modules if not ast.get_docstring(module.tree)]
    assert not silent, "\n".join(map(str, silent))


def test_every_class_has_a_docstring(modules):
    silent = [
        f"{module.path}: {node.name}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ]
    assert not silent, "\n".join(map(str, silent))


def test_every_room_says_who_may_come_in(modules):
    rooms = [module for module in modules if _is_room(module)]
    assert len(rooms) > 10
    mute = [
        room.path
        for room in rooms
        if not WELCOME.search((ast.get_docstring(room.tree) or "").replace("\n", " "))
    ]
    assert not mute, "\n".join(map(str, mute))


def test_every_folder_of_the_program_is_a_package(root):
    folders = {file.parent for file in (root / "plie_desktop").rglob("*.py")}
    bare = sorted(folder.as_posix() for folder in folders if not (folder / "__init__.py").exists())
    assert not bare, "\n".join(map(str, bare))
