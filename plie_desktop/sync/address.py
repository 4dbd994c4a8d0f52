"""Where headquarters is: one origin, protected unless it is this very machine."""

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from plie_desktop.errors import RefusedInputError
from plie_desktop.text import N_

_USUAL_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Address:
    """An origin: scheme, host and port.

    Attributes:
        authority: host and port as in the Host header, the port left out when it is the usual.
    """

    scheme: str
    authority: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"


def read_address(typed: str) -> Address:
    """The address that was typed; `https://` may be left out.

    Raises:
        RefusedInputError: it cannot be one, or it would send everything in clear.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    parts, port = _split(text)
    host = (parts.hostname or "").lower()
    if parts.scheme not in _USUAL_PORTS or not _is_host(host) or _has_more(parts):
        raise _not_an_address()
    if parts.scheme == "http" and not is_loopback(host):
        raise RefusedInputError(
            N_("Cette adresse ne protège pas ce qui est envoyé. Écrivez-la avec https://.")
        )
    shown = f"[{host}]" if ":" in host else host
    is_usual = port is None or port == _USUAL_PORTS[parts.scheme]
    return Address(parts.scheme, shown if is_usual else f"{shown}:{port}")


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _not_an_address() from None
    return parts, port


def _is_host(host: str) -> bool:
    if ":" in host:
        return _is_ip(host)
    labels = host.split(".")
    return host.isascii() and all(
        label and label.replace("-", "").isalnum() and not label.startswith("-") for label in labels
    )


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _has_more(parts: SplitResult) -> bool:
    return bool(
        parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    )


def _not_an_address() -> RefusedInputError:
    return RefusedInputError(
        N_("Cette adresse de serveur ne se lit pas. Recopiez celle que le siège a donnée.")
    )
