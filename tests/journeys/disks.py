"""A disk of little room, kept in memory, where the system lets a test make one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A folder on a disk of its own."""

    folder: Path

    @property
    def _filling(self) -> Path:
        return self.folder / "filling"

    def fill(self, spare: int = 0) -> None:
        """Leave so many bytes of room."""
        with self._filling.open("wb", buffering=0) as stream:
            free = shutil.disk_usage(self.folder).free
            stream.write(b"\0" * max(0, free - spare))

    def free(self) -> None:
        """Make room again."""
        self._filling.unlink()

    def close(self) -> None:
        """Allow nothing but reading."""
        _mount("-o", "remount,ro", str(self.folder))

    def open(self) -> None:
        """Allow writing again."""
        _mount("-o", "remount,rw", str(self.folder))


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@contextmanager
def _disk(folder: Path, size: str) -> Iterator[SmallDisk]:
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only the administrator can make a disk of little room")
    try:
        _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets nobody make a disk of little room")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_disk(tmp_path):
    with _disk(tmp_path / "disque", "6m") as disk:
        yield disk


@pytest.fixture
def roomy_disk(tmp_path):
    """One on which a vault can keep room aside."""
    with _disk(tmp_path / "disque", "48m") as disk:
        yield disk
