"""The page's modules that reckon, tested by node's own test runner, without a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).with_name("reader")
LEAST = 20
"""The first version of node that has the flags below."""


def node() -> str:
    path = shutil.which("node")
    if path is None:
        pytest.skip("node is not installed (Debian and Ubuntu: apt install nodejs)")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.match(r"v(\d+)", version)[1]) < LEAST:
        pytest.skip(f"node {version.strip()} is older than {LEAST}")
    return path


@pytest.mark.parametrize("file", sorted(TESTS.glob("*.test.js")), ids=lambda path: path.stem)
def test_the_modules_reckon_right(file) -> None:
    # The files are modules by their content; no package.json has to say so.
    command = [node(), "--experimental-default-type=module", "--test", "--test-reporter=tap", file.name]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 0, "there are tests in it"


def test_there_are_such_tests() -> None:
    assert len(list(TESTS.glob("*.test.js"))) > 0
