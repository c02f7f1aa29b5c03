#!/bin/sh
# Usage: requirements/install.sh base|test|dev, or VENV=.venv-bench requirements/install.sh bench
# Makes .venv (or VENV) and installs the pinned packages of that list into it. Does nothing when they are there already,
# so that every make target may begin with it. PYTHON=... chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

venv=${VENV:-.venv}
list=requirements/$1.txt
installed=$venv/installed-$1.txt # a copy of the list that was installed last

fail() {
    printf '\n%s\n' "$1" >&2
    exit 1
}

can_make_environments() { # Debian has this in a package of its own
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if recent_enough "$venv"/bin/python && cmp -s "$list" "$installed"; then
    exit 0
fi

if ! recent_enough "$venv"/bin/python || ! "$venv"/bin/python -m pip --version >/dev/null 2>&1; then
    python=
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if recent_enough "$candidate"; then
            python=$candidate
            break
        fi
    done
    [ "$python" ] || fail "Python 3.11 or newer is needed, and 'python3' is not that.
  On Debian and Ubuntu, as root:  apt-get install python3 python3-venv
  If you have it under another name:  make ... PYTHON=/path/to/python3.11"
    if ! can_make_environments && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's package python3-venv ..."
        { apt-get update -qq && apt-get install -qq --yes python3-venv; } >/dev/null || true
    fi
    can_make_environments || fail "Python's venv module is not installed.
  On Debian and Ubuntu, as root:  apt-get install python3-venv"
    echo "Creating the Python environment $venv ..."
    "$python" -m venv --clear "$venv" || fail "Could not create $venv with $python."
fi

echo "Installing the packages of $list ..."
"$venv"/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$list" ||
    fail "The packages of $list could not be installed: see above."
cp "$list" "$installed"
