"""The plan on paper: choose, see the real pages, print, keep. Only the shell comes in."""
