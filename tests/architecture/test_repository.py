"""What may not stand in the repository: traces of machines, of indexes, of unfinished work."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TEXT = {".py", ".sh", ".md", ".toml", ".txt", ".po", ".csv", ".svg", ".qss", ".cfg", ".yml", ".ini"}
INDEX_HOST = re.compile(r"\bpypi\.|pythonhosted|--(extra-)?index-url|--find-links")
MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(root|home|Users|work|opt|tmp)/\w|[A-Z]:\\Users")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
IGNORE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|ruff:)")
IGNORE_WITH_REASON = re.compile(
    r"#\s*(noqa: [A-Z0-9, ]+ - \S+|type:\s*ignore\[[\w, -]+\]\s+(# |- )\S+"
    r"|(pragma: no cover|ruff: .+) - \S+)"
)
OWN = "tests/architecture/test_repository.py"


@pytest.fixture(scope="module")
def files(root):
    """Path → text of every text file that is, or is about to be, in the repository."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("only a git checkout knows which files belong to the repository")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return {
        name: (root / name).read_text(encoding="utf-8")
        for name in names.split("\0")
        if name != OWN and _is_text(root / name)
    }


def _is_text(file) -> bool:
    return file.is_file() and (file.suffix in TEXT or file.name in {"Makefile", "run"})


def _found(files, pattern) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_package_index_is_named(files):
    assert len(files) > 50
    found = _found(files, INDEX_HOST)
    assert not found, "\n".join(found)


def test_no_path_of_a_machine_is_written_down(files):
    found = _found(files, MACHINE_PATH)
    assert not found, "\n".join(found)


def test_nothing_is_left_for_later(files):
    code = {name: text for name, text in files.items() if name.endswith((".py", ".sh"))}
    found = _found(code, UNFINISHED)
    assert not found, "\n".join(found)


def test_every_ignored_rule_carries_its_reason(files):
    code = {name: text for name, text in files.items() if name.endswith(".py")}
    bare = [f"{name}:{number}" for name in code for number in _without_reason(code[name])]
    assert not bare, "\n".join(bare)


def _without_reason(text: str) -> Iterator[int]:
    """Lines that ignore a rule and say why neither beside it nor in the comment above."""
    is_explained = False
    for number, line in enumerate(text.splitlines(), 1):
        if IGNORE.search(line):
            if not (is_explained or IGNORE_WITH_REASON.search(line)):
                yield number
        else:
            is_explained = line.lstrip().startswith("# ")


def _pins(root, name):
    text = (root / "installers" / name).read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    return {canonicalize_name(entry.split("==")[0]): entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-bench.txt"])
def test_every_pin_is_exact_and_hashed_and_says_not_from_where(root, name):
    assert "://" not in (root / "installers" / name).read_text(encoding="utf-8")
    for entry in _pins(root, name).values():
        assert re.match(r"[a-z0-9-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_pins_satisfy_what_the_project_asks_for(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = {
        "requirements.txt": [
            *project["build-system"]["requires"],
            *project["project"]["dependencies"],
            *(each for extra in extras for each in extra),
            *project["dependency-groups"]["dev"],
        ],
        "requirements-bench.txt": project["dependency-groups"]["bench"],
    }
    for name, requirements in asked.items():
        pins = _pins(root, name)
        for requirement in map(Requirement, requirements):
            entry = pins[canonicalize_name(requirement.name)]
            version = entry.split("==")[1].split()[0]
            assert requirement.specifier.contains(version), f"{name}: run make lock"


def test_bench_pins_agree_with_the_others(root):
    main, bench = _pins(root, "requirements.txt"), _pins(root, "requirements-bench.txt")
    assert {name: bench[name] for name in bench.keys() & main.keys()} == {
        name: main[name] for name in bench.keys() & main.keys()
    }


def test_every_link_in_the_papers_leads_somewhere(root, files):
    lost = [
        f"{name}: {target}"
        for name, text in files.items()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#\s]+)", text)
        if "://" not in target and not ((root / name).parent / target).exists()
    ]
    assert not lost, "\n".join(lost)
