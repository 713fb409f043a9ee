import os
import subprocess
from pathlib import Path

import pytest

from blamelint.config import Config
from blamelint.configfile import Configs
from blamelint.errors import InputError
from blamelint.files import decode, find, read


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def make(*paths, **contents):
        for path in paths:
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("text\n")
        for name, text in contents.items():
            (tmp_path / name).write_text(text)
        return tmp_path

    return make


def names(*paths, config=None):
    configs = Configs(isolated=True)
    return [str(path) for path in find(map(Path, paths or (".",)), (lambda _: config) if config else configs.of).files]


def test_folders_are_walked_in_order_by_suffix(tree):
    tree("b.md", "a.rst", "c/d.html", "c/e.txt", "c/f.py", "g.qmd", "h.markdown", "i.htm")
    assert names() == ["a.rst", "b.md", "c/d.html", "c/e.txt", "g.qmd", "h.markdown", "i.htm"]


def test_hidden_and_foreign_folders_are_passed_over(tree):
    tree(".git/x.md", ".venv/x.md", "node_modules/p/x.md", ".hidden.md", "a.md", "venv/lib/x.md")
    assert names() == ["a.md"]


def test_a_file_named_by_hand_is_always_linted(tree):
    root = tree("a.md", "notes", ".hidden.md")
    (root / ".gitignore").write_text("*\n")
    assert names("notes", ".hidden.md", "a.md") == ["notes", ".hidden.md", "a.md"]
    assert names() == []


def test_names_stay_as_given_and_each_file_comes_once(tree):
    root = tree("d/a.md", "d/b.md")
    assert names("d/b.md", "d", str(root / "d")) == ["d/b.md", "d/a.md"]


def test_gitignore_agrees_with_git(tree):
    root = tree("a.md", "drafts/b.md", "drafts/keep.md", "sub/c.md", "sub/d.md", "sub/deep/c.md", "out/x.md", "e.txt")
    (root / ".gitignore").write_text("/out\n*.txt\ndrafts/*\n!drafts/keep.md\nc.md\n")
    (root / "sub" / ".gitignore").write_text("d.md\n!/c.md\n")
    subprocess.run(["git", "init", "-q", "."], check=True)
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    git = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert names() == sorted(name for name in git if name.endswith((".md", ".txt")))


def test_gitignore_above_counts_up_to_the_root_of_the_repository(tree, monkeypatch):
    root = tree("repo/docs/a.md", "repo/docs/b.md", "repo/docs/c.md")
    (root / ".gitignore").write_text("a.md\n")
    (root / "repo" / ".git" / "info").mkdir(parents=True)
    (root / "repo" / ".git" / "info" / "exclude").write_text("c.md\n")
    (root / "repo" / ".gitignore").write_text("docs/b.md\n")
    monkeypatch.chdir(root / "repo" / "docs")
    assert names() == ["a.md"]


def test_a_line_that_git_cannot_read_is_passed_over(tree):
    root = tree("a.md", "b.md")
    (root / ".gitignore").write_text("!\n[\na.md\n")
    assert names() == ["b.md"]


def test_include_and_exclude(tree):
    tree("a.md", "b.adoc", "old/c.md", "old/new/d.md")
    assert names(config=Config(include=("*.adoc", "*.md"), exclude=("old/",))) == ["a.md", "b.adoc"]
    assert names(config=Config(exclude=("*.md", "!a.md"))) == ["a.md"]


def test_links_are_followed_within_the_repository_and_loops_end(tree):
    root = tree("r/a.md", "r/sub/b.md", "out/c.md")
    (root / "r/sub/up").symlink_to(root / "r")
    (root / "r/twin.md").symlink_to(root / "r/a.md")
    (root / "r/self").symlink_to(root / "r/self")
    (root / "r/self.md").symlink_to(root / "r/self.md")
    (root / "r/gone.md").symlink_to(root / "nowhere.md")
    (root / "r/out").symlink_to(root / "out")
    found = find([Path("r")], Configs(isolated=True).of)
    assert [str(path) for path in found.files] == ["r/a.md", "r/sub/b.md"]
    assert found.errors == []
    assert len(found.notes) == 5
    assert all("\n" not in note for note in found.notes)
    assert any("leads back to r" in note for note in found.notes)
    assert any(note.startswith("r/out: leads out of the folder") for note in found.notes)
    assert [str(p) for p in find([Path("r/out")], Configs(isolated=True).of).files] == ["r/out/c.md"]


def test_what_is_missing_is_an_error_and_the_rest_goes_on(tree):
    root = tree("a.md")
    (root / "loop.md").symlink_to(root / "loop.md")
    found = find([Path("nope.md"), Path("loop.md"), Path("a.md")], Configs(isolated=True).of)
    assert [str(error) for error in found.errors] == [
        "nope.md: does not exist",
        "loop.md: can't be read: too many levels of symbolic links",
    ]
    assert [str(path) for path in found.files] == ["a.md"]


def test_an_unreadable_folder(tree, monkeypatch):
    tree("a.md", "closed/b.md")
    real = os.scandir

    def scandir(path):
        if str(path) == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find([Path()], Configs(isolated=True).of)
    assert [str(error) for error in found.errors] == ["closed: can't be read: permission denied"]
    assert [str(path) for path in found.files] == ["a.md"]


def test_a_broken_configuration_in_one_folder(tree):
    root = tree("a.md", "sub/b.md")
    (root / "sub" / ".blamelint.yaml").write_text("slect: []")
    found = find([Path()], Configs().of)
    assert [str(path) for path in found.files] == ["a.md"]
    assert "unknown key 'slect'" in str(found.errors[0])


def test_very_deep_folders_end(tree, tmp_path):
    path = tmp_path
    for _ in range(220):
        path = path / "d"
    path.mkdir(parents=True)
    found = find([Path()], Configs(isolated=True).of)
    assert "folders deep" in str(found.errors[0])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("é😀".encode("utf-16"), "é😀"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é"),
    ],
)
def test_what_can_be_read(data, text):
    assert decode(data, "a.md", 1000) == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ok\n\ncaf\xe9 was", "a.md:3: is not UTF-8: byte 0xe9 at offset 7; it looks like Latin-1 (save it as UTF-8)"),
        (b"it\x92s", "a.md:1: is not UTF-8: byte 0x92 at offset 2; it looks like Windows-1252 (save it as UTF-8)"),
        ("日本語".encode("shift_jis"), "it looks like Shift JIS"),
        ("故障报告".encode("gb18030"), "it looks like GB 18030"),
        (b"\xef\xbb\xbfab\xff", "byte 0xff at offset 5"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.md: is binary, not text: a NUL byte at offset 8"),
        (b"a\0b", "a.md: is binary, not text: a NUL byte at offset 1"),
        ("plain text".encode("utf-16-le"), "looks like UTF-16 without a byte order mark"),
        ("a".encode("utf-32"), "a.md: is not UTF-8 but UTF-32 (save it as UTF-8)"),
        (b"\xff\xfea", "is damaged UTF-16"),
        (b"x" * 1001, "a.md: is larger than 1,000 bytes, so it was not read (max-file-size"),
    ],
)
def test_what_cannot(data, message):
    with pytest.raises(InputError) as caught:
        decode(data, "a.md", 1000)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_only_regular_files_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(InputError, match="not a regular file"):
        read(tmp_path / "pipe.md", 1000)
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path, 1000)
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.md", 1000)


def test_ten_megabytes_are_refused_without_being_read(tmp_path):
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(10_000_000)
    with pytest.raises(InputError, match="larger than 2 MB"):
        read(tmp_path / "big.md", 2_000_000)


def test_a_folder_outside_the_configurations_is_linted_too(tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_text("x")
    config = Config()
    config._base = tmp_path / "project"
    found = find([tmp_path / "elsewhere"], lambda path: config)
    assert [path.name for path in found.files] == ["a.md"]
