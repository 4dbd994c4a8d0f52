"""Where a checker is told to look away, the line says why."""

import re

AWAY = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b")
WITH_REASON = re.compile(
    r"#\s*(?:noqa:\s*[A-Z0-9, ]*[A-Z0-9] - |type:\s*ignore\[[\w, -]+\]\s+#\s*)\S"
)


def test_each_exception_has_its_reason_beside_it(modules):
    lines = [
        (f"{module.path}:{number}", line)
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if AWAY.search(line)
    ]
    assert len(lines) > 50
    mute = [where for where, line in lines if not WITH_REASON.search(line)]
    assert not mute, "\n".join(mute)
