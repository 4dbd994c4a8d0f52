"""Runs the real program in a process of its own while a robot plays a scene in it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

_SCALE: Final = "1.25"
_PATIENCE_SECONDS: Final = 120


def play(vault: Path, passphrase: str, scene: str, shots: Path, subject: UUID | None = None) -> str:
    """Play a scene off screen; gives what went wrong, empty when nothing did.

    The passphrase goes through the standard input of the child, never through its arguments.
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": _SCALE}
    command = [sys.executable, "-m", __name__, str(vault), str(shots), scene, str(subject or "")]
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        command,
        input=passphrase,
        capture_output=True,
        text=True,
        env=environment,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    return "" if done.returncode == 0 else (done.stderr.strip()[-600:] or scene)


def leave_open(vault: Path, language: str) -> None:
    """Show the window on a vault until the person closes it.

    It lives in a process of its own: a lock replaces the image of that one, and what the story
    has started is still stopped by this one.
    """
    command = [sys.executable, "-m", "plie_desktop", "--vault", str(vault), "--language", language]
    with subprocess.Popen(command) as window:  # noqa: S603 - our own program and arguments
        try:
            window.wait()
        except BaseException:
            window.terminate()
            raise


def main() -> int:
    """The child: the program, and the robot in its event loop."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only the child needs a window

    from plie_desktop import bootstrap  # noqa: PLC0415 - as above
    from plie_desktop.demo.robot import Robot  # noqa: PLC0415 - as above
    from plie_desktop.demo.scenes import SCENES  # noqa: PLC0415 - as above

    vault, shots, scene, subject = sys.argv[1:5]
    passphrase = sys.stdin.read()
    app = QApplication(["plie-desktop"])
    robot = Robot(app, Path(shots))
    robot.play(SCENES[scene](robot, passphrase, UUID(subject) if subject else None))
    code = bootstrap.open_window(Path(vault), "fr")
    if robot.failure is not None:
        sys.stderr.write(f"{type(robot.failure).__name__}: {robot.failure}\n")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
