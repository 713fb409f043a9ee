"""The direction of imports, and what importing costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_contracts() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_importing_blamelint_does_not_import_spacy() -> None:
    code = "import sys, blamelint; blamelint.Severity; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
