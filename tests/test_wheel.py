"""The wheel and the sdist: built, installed in an empty environment, run outside the repository."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel; built from the sdist, so that both are known to be whole."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)], check=True, capture_output=True)
    assert len(list(out.glob("*.tar.gz"))) == 1
    return next(out.glob("*.whl"))


def test_the_wheel_carries_the_rules_and_nothing_of_the_repository(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {n.removeprefix("blamelint/_data/rules/") for n in names if n.startswith("blamelint/_data/rules/")}
    own = {str(p.relative_to(ROOT / "rules")) for p in (ROOT / "rules").rglob("*") if p.is_file()}
    assert shipped == own
    assert "blamelint/py.typed" in names
    assert [name for name in names if "exemplars" in name] == ["blamelint/_data/exemplars/quotes.jsonl"]
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"blamelint"}


def test_installed_it_runs_anywhere(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    run = tmp_path / "venv" / "bin"
    subprocess.run([run / "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    (tmp_path / "pm.md").write_text("The on-call engineer failed to check the lag.\n")
    done = subprocess.run([run / "blamelint", "check", "pm.md"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "BL401" in done.stdout
    doctor = subprocess.run([run / "blamelint", "doctor"], cwd=tmp_path, capture_output=True, text=True)
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
