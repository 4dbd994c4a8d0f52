"""Keys of the frame that mean something on one page: Ctrl+Enter, Ctrl+P, F8.

The shell binds each key once for the whole window and hands it to the page shown.
"""

from typing import Protocol, runtime_checkable

from plie_desktop.views.qt.shortcuts import Act


@runtime_checkable
class Acting(Protocol):
    """A page that answers to keys of the frame while it is shown; usually by a signal of its own.

    Attributes:
        acts: the keys it answers to.
    """

    acts: frozenset[Act]

    def on_act(self, act: Act) -> None:
        """One of `acts` was pressed."""
        ...
