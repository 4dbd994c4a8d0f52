"""Makes a checkout ready to run: packages of the system where they are missing, then `.venv`.

Called by prepare.sh with the purpose (demo, test or bench). Uses the standard library alone,
because it runs before anything is installed. A second call finds all in place and does nothing.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import system_packages

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / "bin" / "python"
PINS: Final = ROOT / "installers" / "requirements.txt"
BENCH_PINS: Final = ROOT / "installers" / "requirements-bench.txt"
PROJECT: Final = ROOT / "pyproject.toml"


class PreparationError(Exception):
    """Something could not be made ready; its text is one sentence for the person."""


def main() -> int:
    parser = argparse.ArgumentParser(description="make this checkout ready to run")
    parser.add_argument("purpose", choices=("demo", "test", "bench"))
    parser.add_argument("--packages-only", action="store_true", help="leave .venv alone")
    wanted = parser.parse_args()
    try:
        provide_packages(wanted.purpose)
        if not wanted.packages_only:
            provide_environment(with_bench=wanted.purpose == "bench")
    except PreparationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def provide_packages(purpose: str) -> None:
    """Install the Debian packages that are missing for the purpose, where that is allowed.

    Raises:
        PreparationError: something the program cannot do without is still missing.
    """
    groups = system_packages.groups(purpose)
    packages = [group.packages[name] for group in groups for name in group.missing()]
    if not packages:
        return
    obstacle = system_packages.install(packages)
    for group in groups:
        missing = group.missing()
        if not missing:
            continue
        sentence = f"Missing: {', '.join(missing)}, needed {group.reason}; {obstacle}"
        if group.is_vital:
            raise PreparationError(sentence)
        print(sentence, file=sys.stderr)


def provide_environment(*, with_bench: bool) -> None:
    """Create `.venv` or bring it up to the pins; each step is skipped while its stamp is current.

    Raises:
        PreparationError: a package could not be installed.
    """
    if not _is_usable():
        print("Setting up .venv: once, about a minute.", file=sys.stderr)
        if not _succeeds([sys.executable, "-E", "-s", "-m", "venv", "--clear", str(VENV)]):
            raise PreparationError(f"{VENV} could not be made: Python’s message stands above.")
    _install_once("pins", PINS, _from_pins(PINS))
    editable = ["--no-deps", "--no-build-isolation", "--editable", "."]
    _install_once("project", PROJECT, editable)
    if with_bench:
        _install_once("bench-pins", BENCH_PINS, _from_pins(BENCH_PINS))


def _is_usable() -> bool:
    # A checkout that was moved keeps scripts that point to where it was.
    try:
        is_here = str(VENV) in (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return is_here and PYTHON.exists() and _succeeds([str(PYTHON), "-I", "-c", probe])


def _from_pins(file: Path) -> list[str]:
    # Wheels only: building from source would run code that no hash here vouches for.
    return ["--require-hashes", "--only-binary", ":all:", "--requirement", str(file)]


def _install_once(name: str, source: Path, arguments: list[str]) -> None:
    """Let pip install, unless the stamp says that this very file was installed already."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    stamp = VENV / f"installed-{name}"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    pip = [str(PYTHON), "-I", "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    if not _succeeds([*pip, "install", *arguments]):
        raise PreparationError(
            "The Python packages could not be installed, pip’s message stands above; "
            "the first time, this step needs the network."
        )
    stamp.write_text(digest, encoding="ascii")


def _succeeds(command: list[str]) -> bool:
    # A person's own habit of installing into their home would be refused inside `.venv`.
    environment = {**os.environ, "PIP_USER": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=2, check=False
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
