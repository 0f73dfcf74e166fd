"""What ships: clean, complete, compiled; and the tool that says so, on planted faults."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mailcheck_gui.catalogue.compiled import compile_providers, read_compiled
from mailcheck_gui.catalogue.lint import lint
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.schema import parse_providers

PROVIDERS = load_providers()
ROOT = Path(__file__).parents[3]
TOOL = ROOT / "tools" / "check_catalogue.py"


def test_what_ships_is_clean():
    assert lint(PROVIDERS) == ()


def test_it_is_read_once():
    assert load_providers() is PROVIDERS


def test_what_ships_is_what_the_files_say():
    parsed = parse_providers(ROOT / "resources" / "providers")
    assert parsed == PROVIDERS
    assert read_compiled(compile_providers(parsed)) == parsed


def run(*arguments):
    return subprocess.run(
        [sys.executable, str(TOOL), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tool_says_that_all_is_well():
    done = run("--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(PROVIDERS)} providers, no contradiction" in done.stdout


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the resources that a test may spoil."""
    shutil.copytree(ROOT / "resources" / "providers", tmp_path / "providers")
    shutil.copy(ROOT / "resources" / "providers.json", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("port = 993", "port = 465", "imap.gmail.com:465 is a port of smtp, not of imap"),
        ('security = "starttls"', 'security = "implicit-tls"', "587 goes with starttls"),
        ("source = ", "sauce = ", "names.source: is missing"),
        ('date = "2026-', 'date = "2016-', "names.date: 2016-"),
        ('domains = ["gmail.com"', 'domains = ["web.de"', "domain web.de stands"),
        ("web_hosts", "webhosts", "gmail.toml: webhosts: is not known"),
        ("https://", "http://", "is no https page"),
    ],
)
def test_a_planted_fault_is_found(copy, old, new, words):
    path = copy / "providers" / "gmail.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    done = run("--check", "--resources", copy)
    assert done.returncode == 1
    assert words in done.stdout


def test_what_was_not_compiled_is_found_and_compiled(copy):
    shutil.copy(copy / "providers" / "webde.toml", copy / "providers" / "zz.toml")
    (copy / "providers" / "webde.toml").unlink()
    assert "providers.json is not what the provider files say" in run("--resources", copy).stdout
    assert run("--check", "--write", "--resources", copy).returncode == 0
    (copy / "providers.json").unlink()
    assert run("--check", "--resources", copy).returncode == 1
