"""The tree under judgement: every module of the program, read once."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plie_desktop"


@dataclass(frozen=True)
class Module:
    """One file of the program: its path from the top of the checkout, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self):
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def modules():
    read = []
    for file in sorted(PACKAGE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        read.append(Module(file.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(read)
