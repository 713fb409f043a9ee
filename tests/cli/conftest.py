import io
import subprocess
import sys
from dataclasses import dataclass
from types import ModuleType

import pytest
from fake_linter import FAKE, Linter, environment


@dataclass
class Result:
    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, with no configuration above it and no colours asked for."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """Run a command in this process, over the fake linter."""
    from blamelint.cli import main

    module = ModuleType("blamelint.linter")
    module.Linter = Linter
    monkeypatch.setitem(sys.modules, "blamelint.linter", module)

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def spawn(folder):
    """Run a command in a process of its own, over the fake linter."""

    def spawn(*arguments, **more):
        command = [sys.executable, str(FAKE), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False, **{"env": environment(), **more})
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return spawn
