"""Each thing of the domain has one name, and the glossary knows it."""

import ast
import re

import pytest


@pytest.fixture(scope="module")
def things(modules):
    return {
        node.name
        for module in modules
        if module.path.startswith("plie_desktop/models/domain/")
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


@pytest.fixture(scope="module")
def named(root):
    """Names of the second column of the tables: French term, name in the code, meaning."""
    text = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([A-Z]\w+)`", row[2])}


def test_every_class_of_the_domain_is_in_the_glossary(things, named):
    assert len(things) > 10
    assert sorted(things - named) == []


def test_glossary_names_nothing_that_is_gone(modules, named):
    classes = {
        node.name
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    assert sorted(named - classes) == []
