"""Which libraries and programs of the system are needed, and the Debian packages that bring them.

Found missing by trying them, never by asking the package database: what matters is whether the
thing works, wherever it came from. Used by prepare.py; standard library alone.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

# A bare account's PATH often lacks the places where apt-get's own helpers live.
ADMIN_PATH: Final = "/usr/local/sbin:/usr/sbin:/sbin"


@dataclass(frozen=True)
class Group:
    """Things of the system that serve one purpose.

    Attributes:
        reason: what they are for, to follow “needed”.
        is_vital: False when work goes on without them.
        packages: name of a thing to try → Debian package that brings it.
        works: tells whether a thing is there.
    """

    reason: str
    is_vital: bool
    packages: Mapping[str, str]
    works: Callable[[str], bool]

    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in self.packages if not self.works(name))


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _has_program(name: str) -> bool:
    return shutil.which(name) is not None


VENV: Final = Group(
    reason="to make .venv",
    is_vital=True,
    packages={"ensurepip": f"python3.{sys.version_info.minor}-venv"},
    works=_has_module,
)
# The direct needs of PySide6-Essentials: QtWidgets, QtPrintSupport, QtSvg, QtNetwork and the
# plug-in “offscreen”; the C and C++ runtimes come with Python itself.
WINDOW: Final = Group(
    reason="to draw the window, with or without a screen",
    is_vital=True,
    packages={
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libX11.so.6": "libx11-6",
        "libbrotlidec.so.1": "libbrotli1",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libfreetype.so.6": "libfreetype6",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libgssapi_krb5.so.2": "libgssapi-krb5-2",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libz.so.1": "zlib1g",
        "libzstd.so.1": "libzstd1",
    },
    works=_has_library,
)
# What the plug-in “xcb” needs beyond those.
SCREEN: Final = Group(
    reason="to open the window on this screen",
    is_vital=True,
    packages={
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    works=_has_library,
)
KEYRING: Final = Group(
    reason="for the tests of the system’s keyring, which are skipped without it",
    is_vital=False,
    packages={"dbus-daemon": "dbus", "gnome-keyring-daemon": "gnome-keyring"},
    works=_has_program,
)


def groups(purpose: str) -> tuple[Group, ...]:
    """What a purpose (demo, test or bench) needs of this system; nothing outside Linux."""
    if sys.platform != "linux":
        return ()
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    wanted = [VENV, WINDOW]
    if purpose == "demo" and has_screen:
        wanted.append(SCREEN)
    if purpose == "test":
        wanted.append(KEYRING)
    return tuple(wanted)


def install(packages: list[str]) -> str | None:
    """Install Debian packages; the sentence that says why not, or None when it was done."""
    command = f"apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        return f"there is no apt-get here, install what your system calls {', '.join(packages)}."
    if os.geteuid() == 0:
        rights: list[str] = []
    elif shutil.which("sudo") and _run(["sudo", "-n", "true"]) is None:
        rights = ["sudo", "-n"]
    else:
        return f"ask an administrator to run: {command}"
    print(f"Installing Debian packages: {' '.join(packages)}", file=sys.stderr)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    # An update that fails still leaves the lists of before, which may be enough.
    _run([*apt, "update"])
    wanted = ["--yes", "--no-install-recommends", "--option", "DPkg::Lock::Timeout=120", *packages]
    complaint = _run([*apt, "install", *wanted])
    if complaint is None:
        return None
    print(complaint, file=sys.stderr)
    return f"apt-get could not install it and says why above; later, run: {command}"


def _run(command: list[str]) -> str | None:
    """Run a command in silence; None when it succeeded, else all it had to say."""
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', os.defpath)}:{ADMIN_PATH}"}
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return None if done.returncode == 0 else done.stdout
