"""Private D-Bus buses, so that no test touches the session of whoever runs it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def need(*programs: str) -> None:
    """Skip the test where one of these programs is not installed."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """A bus of its own in `folder`, able to start no service; gives its address."""
    need("dbus-daemon")
    socket = folder / "bus"
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(socket=socket))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    with running(command, {}) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().decode().strip()


def wait_for_name(address: str, name: str) -> None:
    """Return once a service owns `name` on the bus."""
    with open_dbus_connection(address) as connection:
        bus = Proxy(message_bus, connection)
        for _ in range(400):
            if bus.NameHasOwner(name)[0]:
                return
            time.sleep(0.025)
    pytest.fail(f"{name} did not come up")


@contextmanager
def running(
    command: list[str], environment: Mapping[str, str], given: bytes | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that ends with the block; `given` is what it reads first."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if given is not None:
            process.stdin.write(given)
            process.stdin.close()
        yield process
    finally:
        process.terminate()
        process.wait()
        process.stdin.close()
        process.stdout.close()
