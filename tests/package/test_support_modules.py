"""PySide's support modules in the bundle: compiled, found, and not needed to open a window."""

from __future__ import annotations

import marshal
import shutil
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundling import support_modules
from frozen import Frozen

_HEADER = 16
"""Bytes before the code of a compiled file (PEP 552)."""


def code_in(path: Path) -> types.CodeType:
    """Return the code of a compiled file."""
    code = marshal.loads(path.read_bytes()[_HEADER:])
    assert isinstance(code, types.CodeType)
    return code


def below(code: types.CodeType) -> Iterator[types.CodeType]:
    """Return a piece of code and all that it holds."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from below(constant)


def test_every_module_is_compiled_without_a_time_and_without_a_path(tmp_path: Path) -> None:
    rows = support_modules.compiled_support(tmp_path / "a")
    again = support_modules.compiled_support(tmp_path / "b")

    assert len(rows) >= 10
    assert [name for name, _, _ in rows] == [name for name, _, _ in again]
    for (name, first, kind), (_, second, _) in zip(rows, again, strict=True):
        assert name.startswith("shiboken6/files.dir/shibokensupport/")
        assert kind == "DATA"
        assert Path(first).read_bytes() == Path(second).read_bytes()
        for code in below(code_in(Path(first))):
            assert code.co_filename == name.removeprefix("shiboken6/files.dir/").removesuffix("c")


def test_the_writer_of_stub_files_is_empty(tmp_path: Path) -> None:
    rows = {name: place for name, place, _ in support_modules.compiled_support(tmp_path)}
    emptied = code_in(Path(rows[f"{support_modules.FOLDER}/{support_modules.WRITER}c"]))
    assert emptied.co_names == ()
    parser = f"{support_modules.FOLDER}/shibokensupport/signature/parser.pyc"
    assert "pyside_type_init" in code_in(Path(rows[parser])).co_names


@pytest.fixture
def copy(dist: Path, tmp_path: Path) -> Frozen:
    """A bundle that a test may damage."""
    home = tmp_path / "home"
    home.mkdir()
    return Frozen(Path(shutil.copytree(dist / "mailcheck", tmp_path / "copy", symlinks=True)), home)


def test_the_window_takes_them_from_the_bundle(copy: Frozen) -> None:
    loader = copy.bundle / "_internal" / support_modules.FOLDER
    (loader / "shibokensupport/signature/loader.pyc").write_bytes(b"no code")
    ended = copy.run("mailcheck-gui", "--self-test")
    assert ended.status != 0
    assert "bad magic number" in ended.err


def test_the_window_opens_without_them(copy: Frozen) -> None:
    shutil.rmtree(copy.bundle / "_internal" / support_modules.FOLDER)
    ended = copy.run("mailcheck-gui", "--self-test")
    assert (ended.status, ended.err) == (0, "")
