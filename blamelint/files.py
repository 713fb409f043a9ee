"""Which files to lint, and their text: walked as git sees them, read strictly."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pathspec

from blamelint.config import Config
from blamelint.configfile import repository
from blamelint.errors import BlamelintError, InputError

#: Folders that hold other people's files, even where git does not ignore them.
_FOREIGN = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

_MAX_DEPTH = 200
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

Ignores = tuple[tuple[Path, pathspec.GitIgnoreSpec], ...]


@dataclass
class Found:
    """The files in order, as they were named; what went wrong on the way; what is merely worth a line."""

    files: list[Path] = field(default_factory=list)
    errors: list[BlamelintError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find(paths: Iterable[Path], config_of: Callable[[Path], Config]) -> Found:
    """The files that the paths name: each once, files as given, folders walked in the order of names."""
    found = Found()
    walk = _Walk(found, config_of)
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as problem:
            found.errors.append(InputError(_reason(problem), path=path))
            continue
        if stat.S_ISDIR(mode):
            walk.start(path)
        else:  # named by hand, so neither suffix nor ignore file matters; `read` refuses what is no file
            walk.add(path)
    return found


class _Walk:
    """One walk over several folders that gives each file once, whatever links lead to it."""

    def __init__(self, found: Found, config_of: Callable[[Path], Config]) -> None:
        self.found, self.config_of = found, config_of
        self.files: set[str] = set()
        self.folders: dict[str, Path] = {}
        self.roots: tuple[str, ...] = ()

    def add(self, path: Path) -> None:
        real = os.path.realpath(path)
        if real not in self.files:
            self.files.add(real)
            self.found.files.append(path)

    def start(self, folder: Path) -> None:
        root = repository(folder.resolve())
        self.roots = (os.path.realpath(folder), *((str(root),) if root else ()))
        self.folder(folder, _outer_ignores(folder))

    def folder(self, folder: Path, ignores: Ignores) -> None:
        real = os.path.realpath(folder)
        if real in self.folders:
            if self.folders[real] != folder and folder.is_symlink():
                self.found.notes.append(f"{folder}: leads back to {self.folders[real]}, which is linted once")
            return
        self.folders[real] = folder
        if len(folder.parts) > _MAX_DEPTH:
            self.found.errors.append(InputError(f"is more than {_MAX_DEPTH} folders deep", path=folder))
            return
        try:
            config = self.config_of(folder)
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as problem:
            self.found.errors.append(InputError(_reason(problem), path=folder))
            return
        except BlamelintError as problem:
            self.found.errors.append(problem)
            return
        ignores = (*_ignores(folder, folder / ".gitignore"), *ignores)
        for entry in inside:
            self.entry(folder / entry.name, entry, ignores, config)

    def entry(self, path: Path, entry: os.DirEntry[str], ignores: Ignores, config: Config) -> None:
        if entry.name.startswith(".") or entry.name in _FOREIGN:
            return
        try:
            is_folder = entry.is_dir()
            is_file = entry.is_file()
        except OSError as problem:  # a link that leads to itself
            self.found.notes.append(f"{path}: {_reason(problem)}")
            return
        if not is_folder and not config.matches(config.include, path, anywhere=True):
            return
        if _ignored(path, ignores, is_folder) or config.matches(config.exclude, path, folder=is_folder):
            return
        if not is_folder and not is_file:
            if entry.is_symlink():
                self.found.notes.append(f"{path}: is a link that leads nowhere")
            return
        if entry.is_symlink() and not self.inside(path):
            self.found.notes.append(f"{path}: leads out of the folder; name it to lint it")
        elif is_folder:
            self.folder(path, ignores)
        else:
            self.add(path)

    def inside(self, path: Path) -> bool:
        """Whether a link stays in the folder walked or its repository: the tree may be a stranger's."""
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(root) for root in self.roots)


def _ignored(path: Path, ignores: Ignores, is_folder: bool) -> bool:
    # as in git, the .gitignore nearest to the file that says anything decides
    for base, spec in ignores:
        inside = os.path.relpath(path, base).replace(os.sep, "/")
        verdict = spec.check_file(inside + "/" * is_folder).include
        if verdict is not None:
            return verdict
    return False


def _outer_ignores(folder: Path) -> Ignores:
    """The ignore files above a folder up to the root of its repository, the nearest first."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    root = repository(folder)
    if root is None:
        return ()
    above = [place for place in folder.parents if place.is_relative_to(root)]
    found = [spec for place in above for spec in _ignores(place, place / ".gitignore")]
    return (*found, *_ignores(root, root / ".git" / "info" / "exclude"))


def _ignores(base: Path, file: Path) -> Iterator[tuple[Path, pathspec.GitIgnoreSpec]]:
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    spec = pathspec.GitIgnoreSpec([])
    for line in lines:
        with suppress(ValueError):  # git passes over a line it cannot read
            spec += pathspec.GitIgnoreSpec.from_lines([line])
    yield base, spec


def read(path: Path, max_size: int) -> str:
    """The text of a file with its line ends as they are; InputError for what is no text, or too much of it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("is a folder" if path.is_dir() else "is not a regular file", path=path)
        with path.open("rb") as file:
            data = file.read(max_size + 1)
    except OSError as problem:
        raise InputError(_reason(problem), path=path) from problem
    return decode(data, path, max_size)


def decode(data: bytes, path: Path | str, max_size: int) -> str:
    """The text that the bytes hold: UTF-8, or UTF-16 that says so with a byte order mark."""
    if len(data) > max_size:
        hint = "max-file-size in the configuration sets the limit"
        raise InputError(f"is larger than {_megabytes(max_size)}, so it was not read", path=path, hint=hint)
    if data.startswith(_UTF32):
        raise InputError("is not UTF-8 but UTF-32", path=path, hint="save it as UTF-8")
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _undecodable(data, path, problem) from problem
    if "\0" in text:
        if _looks_utf16(data):
            raise InputError("looks like UTF-16 without a byte order mark", path=path, hint="save it as UTF-8")
        raise InputError(f"is binary, not text: a NUL byte at offset {data.find(0)}", path=path)
    return text


def _undecodable(data: bytes, path: Path | str, problem: UnicodeDecodeError) -> InputError:
    if problem.encoding.startswith("utf-16"):
        return InputError(f"is damaged UTF-16: {problem.reason} at offset {problem.start}", path=path)
    if b"\0" in data[:8192]:
        return InputError(f"is binary, not text: a NUL byte at offset {data.find(0)}", path=path)
    # utf-8-sig counts offsets behind the mark
    start = problem.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
    line = data.count(b"\n", 0, start) + 1
    return InputError(
        f"is not UTF-8: byte 0x{data[start]:02x} at offset {start}; it looks like {_likely(data)}",
        path=path,
        line=line,
        hint="save it as UTF-8",
    )


def _likely(data: bytes) -> str:
    """The encoding that text which is not UTF-8 most probably has."""
    high = re.findall(rb"[\x80-\xff]+", data)
    pairs = sum(len(run) >= 2 for run in high)
    if pairs * 2 > len(high):
        for name, title in (("shift_jis", "Shift JIS"), ("gb18030", "GB 18030")):
            try:
                data.decode(name)
                return title
            except UnicodeDecodeError:
                continue
    return "Windows-1252" if re.search(rb"[\x80-\x9f]", data) else "Latin-1"


def _looks_utf16(data: bytes) -> bool:
    sample = data[:1024]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return len(sample) > 3 and max(even, odd) > len(sample) // 3 and min(even, odd) == 0


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB" if size >= 100_000 else f"{size:,} bytes"


def _reason(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "does not exist"
    if isinstance(problem, PermissionError):
        return "can't be read: permission denied"
    return f"can't be read: {(problem.strerror or str(problem)).lower()}"
