"""What a release needs besides the packages: notes, checksums, pinned tools, credentials."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bundling import project
from releasing import changelog, checksums, credentials, notes, pinned_files, statement, trial

CHANGES = """\
# Changelog

## 1.10.0 (2026-12-01)

### Added
- More.

## 1.1.0 (2026-11-30)
- Something.

## 1.0.0 (not released)

## 0.9.0 (2026-02-30)
- Old.
"""


# The changelog


def test_a_section_ends_where_the_next_one_begins() -> None:
    assert changelog.section(CHANGES, "1.1.0").body == "- Something."
    assert changelog.section(CHANGES, "1.10.0").body == "### Added\n- More."
    assert changelog.section(CHANGES, "0.9.0").body == "- Old."


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0", "1.1"])
def test_a_version_without_changes_is_named(version: str) -> None:
    with pytest.raises(ValueError, match=f"says nothing of version {re.escape(version)}$"):
        changelog.section(CHANGES, version)


@pytest.mark.parametrize(("version", "dated"), [("1.1.0", True), ("0.9.0", False)])
def test_only_a_day_that_exists_is_a_date(version: str, dated: bool) -> None:
    assert changelog.section(CHANGES, version).is_dated is dated


def _project(root: Path, *, stated: str, when: str) -> Path:
    (root / "src/mailcheck_gui").mkdir(parents=True)
    (root / "src/mailcheck_gui/__init__.py").write_text('__version__ = "1.2.3"\n')
    (root / "pyproject.toml").write_text(f'[project]\nversion = "{stated}"\n')
    (root / "CHANGELOG.md").write_text(f"## 1.2.3 ({when})\n- New.\n")
    return root


def test_a_tag_that_fits_can_be_released(tmp_path: Path) -> None:
    root = _project(tmp_path, stated="1.2.3", when="2026-11-30")
    assert changelog.complaints("v1.2.3", root) == []


def test_everything_that_does_not_fit_a_tag_is_said(tmp_path: Path) -> None:
    root = _project(tmp_path, stated="1.2.2", when="not released")
    assert changelog.complaints("v1.2.4", root) == [
        "The tag is v1.2.4, but the program says that it is version 1.2.3.",
        "pyproject.toml says 1.2.2, but the program says 1.2.3.",
        "CHANGELOG.md has no date for 1.2.3, but 'not released'.",
    ]


def test_the_projects_own_changelog_has_a_section_for_its_version() -> None:
    text = (project.ROOT / "CHANGELOG.md").read_text("utf-8")
    assert changelog.section(text, project.version()).body


# Checksums


def test_the_usual_tool_reads_the_checksums(tmp_path: Path) -> None:
    (tmp_path / "one.deb").write_bytes(b"1")
    (tmp_path / "two with blank.dmg").write_bytes(b"2" * 100_000)
    sums = checksums.write_checksums(tmp_path)
    assert checksums.write_checksums(tmp_path).read_text() == sums.read_text()
    rows = sums.read_text().splitlines()
    assert [row.partition("  ")[2] for row in rows] == ["one.deb", "two with blank.dmg"]
    assert rows[0].startswith(hashlib.sha256(b"1").hexdigest())
    if tool := shutil.which("sha256sum"):
        subprocess.run([tool, "--check", "--strict", sums.name], cwd=tmp_path, check=True)


def test_a_release_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is empty"):
        checksums.write_checksums(tmp_path)


# The page


def test_the_page_says_what_each_file_is_for() -> None:
    files = [
        Path(name)
        for name in (
            "SHA256SUMS",
            "mailcheck-1.2.3-linux-x86_64.cdx.json",
            "mailcheck-1.2.3-macos-arm64.dmg",
            "mailcheck-1.2.3-setup.exe",
        )
    ]
    section = changelog.Section("1.2.3", "2026-11-30", "- New.")
    page = notes.page(section, files, ["Windows: not signed."])
    assert page.startswith("- New.\n")
    rows = re.findall(r"^\| `(.+?)` \|", page, re.MULTILINE)
    assert rows == [files[3].name, files[2].name, files[1].name, files[0].name]
    assert "## Signatures\n- Windows: not signed.\n" in page


def test_a_file_that_nobody_would_know_is_refused() -> None:
    section = changelog.Section("1.2.3", "2026-11-30", "- New.")
    with pytest.raises(ValueError, match=r"core\.dump is no file of a release"):
        notes.page(section, [Path("core.dump")], [])


def test_what_was_signed_reaches_the_summary_and_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    folder = tmp_path / "release"
    statement.state("Windows: not signed.", "windows", folder)
    statement.state("macOS: signed.", "macos", folder)
    assert summary.read_text() == "- Windows: not signed.\n- macOS: signed.\n"
    assert statement.collect(folder) == ["macOS: signed.", "Windows: not signed."]
    assert list(folder.iterdir()) == []


# Pinned tools


def _pinned(file: Path, sha256: str) -> pinned_files.PinnedFile:
    return pinned_files.PinnedFile(file.as_uri(), sha256)


def test_a_tool_with_the_known_content_can_be_started(tmp_path: Path) -> None:
    source = tmp_path / "tool"
    source.write_bytes(b"a tool")
    known = _pinned(source, checksums.digest(source))
    fetched = pinned_files.fetch(known, tmp_path / "tools" / "tool")
    assert fetched.read_bytes() == b"a tool"
    assert os.access(fetched, os.X_OK)
    source.unlink()
    assert pinned_files.fetch(known, fetched) == fetched


def test_another_content_is_not_kept(tmp_path: Path) -> None:
    source = tmp_path / "tool"
    source.write_text("something else")
    with pytest.raises(ValueError, match="has the SHA-256"):
        pinned_files.fetch(_pinned(source, "0" * 64), tmp_path / "tools" / "tool")
    assert list((tmp_path / "tools").iterdir()) == []


# Credentials


def test_without_any_credential_there_is_nothing_to_sign_with() -> None:
    assert credentials.given(("A", "B"), {"A": "", "C": "x"}) is None


def test_half_of_the_credentials_is_a_mistake_that_names_no_value() -> None:
    with pytest.raises(ValueError, match="to sign, B and C must be set as well") as caught:
        credentials.given(("A", "B", "C"), {"A": "hunter2"})
    assert "hunter2" not in str(caught.value)


def test_what_builds_is_not_told_the_secrets() -> None:
    assert credentials.without(("A",), {"A": "hunter2", "PATH": "/bin"}) == {"PATH": "/bin"}


# Trying what was installed


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    if os.name == "nt":
        pytest.skip("the programs of this test are shell scripts")
    folder = tmp_path / "installed"
    folder.mkdir()
    log = tmp_path / "calls"
    for program in ("mailcheck", "mailcheck-gui"):
        script = (
            f'#!/bin/sh\necho "{program} $@" >>{log}\n[ "$1" = --practice ] && exec sleep 60\n:'
        )
        (folder / program).write_text(script)
        (folder / program).chmod(0o755)
    return folder


def test_an_installed_program_is_called_and_opened(installed: Path, tmp_path: Path) -> None:
    trial.try_programs(installed, tmp_path / "home", open_for=0.5)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[:3] == [
        "mailcheck --self-test",
        "mailcheck-gui --self-test",
        "mailcheck practice all-fine",
    ]


def test_a_window_that_closes_itself_is_a_fault(installed: Path) -> None:
    (installed / "mailcheck-gui").write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(RuntimeError, match="did not stay open; it ended with status 3"):
        trial.open_window(installed / "mailcheck-gui", dict(os.environ), 60.0)


# The command


def test_the_command_says_what_keeps_a_tag_from_a_release() -> None:
    command = [sys.executable, "packaging/release.py", "check", "v0.0.0"]
    done = subprocess.run(command, cwd=project.ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.startswith("The tag is v0.0.0, but the program says")
