#!/bin/sh
# Makes ready what `make demo`, `make test` and `make bench` need; they call it, people need not.
# Usage: sh installers/prepare.sh demo|test|bench [--packages-only]
# It only looks for a Python that is new enough: the work is done by prepare.py beside it.
set -eu
cd "$(dirname "$0")/.."

for name in python3.11 python3 python3.12 python3.13 python3.14 python; do
    # A version manager may offer a name whose Python is not installed: only running it tells.
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$name" -E -s installers/prepare.py "$@"
    fi
done
echo "Python 3.11 or newer was not found: install it (on Debian: apt-get install python3 python3-venv), then run this again." >&2
exit 1
