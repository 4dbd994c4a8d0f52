"""Days and hours as they are kept."""

from datetime import datetime

import pytest

from plie_desktop.models.domain.dates import local_moment


@pytest.mark.parametrize("kept", ["2026-12-01T14:30", "2026-12-01T14:30:00"])
def test_a_moment_is_read_to_the_minute(kept):
    assert local_moment(kept) == datetime.fromisoformat("2026-12-01T14:30")


@pytest.mark.parametrize(
    "kept",
    ["", "demain", "2026-12-01", "2026-02-31T10:00", "2026-12-01T24:00", "2026-12-01T10:75",
     "2026-12-01T10:00Z", "2026-12-01T10:00+01:00", "20261201T1000", "0000-01-01T10:00",
     "2026-12-01T\u0661\u0660:00", "2026-12-01 10:00"],
)  # fmt: skip
def test_what_is_no_moment_of_france_is_none(kept):
    assert local_moment(kept) is None
