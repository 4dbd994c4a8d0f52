"""Only an address that protects what is sent is taken, unless it is this very machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.errors import RefusedInputError
from plie_desktop.sync.address import is_loopback, read_address


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://siege.example", "https://siege.example"),
        ("siege.example", "https://siege.example"),
        (" https://Siege.Example/ ", "https://siege.example"),
        ("https://siege.example:443", "https://siege.example"),
        ("https://siege.example:8443/", "https://siege.example:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_an_address_is_read_as_an_origin(typed, origin):
    assert read_address(typed).origin == origin


@pytest.mark.parametrize(
    "typed", ["http://siege.example", "http://192.168.1.10:8000", "http://localhost.example"]
)
def test_an_address_in_clear_is_refused(typed):
    with pytest.raises(RefusedInputError, match="https://"):
        read_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "", "https://", "ftp://siege.example", "https://siege.example/chemin", "file:///etc",
        "https://siege.example?x=1", "https://moi:secret@siege.example", "https://siège.example",
        "https://siege..example", "https://-siege.example", "https://siege.example:port",
        "https://[::1", "https://siege.example:99999", "https://sie ge.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(RefusedInputError, match="ne se lit pas"):
        read_address(typed)


def test_loopback_is_this_machine_only():
    assert is_loopback("127.8.9.1")
    assert not is_loopback("128.0.0.1")
    assert not is_loopback("localhost.example")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(typed):
    try:
        address = read_address(typed)
    except RefusedInputError:
        return
    assert address.scheme == "https" or is_loopback(address.authority.split(":")[0].strip("[]"))
