"""Writes the pins: exact versions with hashes, for every system, naming no package index.

`make lock` keeps each version that still fits pyproject.toml; `make lock UPGRADE=1` takes the
newest of each. The resolver, uv, is installed for the moment into a folder that is thrown away.
"""

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PINS: Final = "installers/requirements.txt"
BENCH_PINS: Final = "installers/requirements-bench.txt"
SHAPE: Final = (
    *("--universal", "--python-version", "3.11", "--only-binary", ":all:"),
    *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"),
)


def main() -> int:
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        _run([str(programs / "python"), "-m", "pip", "install", "--quiet", "uv"])
        resolve = [str(programs / "uv"), "pip", "compile", *SHAPE, *upgrade]
        # The project is installed without isolation, so its build tools are pinned as well.
        build = Path(folder) / "build.in"
        build.write_text("\n".join(project["build-system"]["requires"]), encoding="utf-8")
        run = ["pyproject.toml", str(build), "--all-extras", "--group", "dev"]
        _run([*resolve, *run, "--output-file", PINS])
        _run([*resolve, "--group", "bench", "--constraints", PINS, "--output-file", BENCH_PINS])
    return 0


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
