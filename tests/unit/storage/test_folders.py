"""Where files go: below one folder with MAILCHECK_HOME, else where the system wants them."""

from __future__ import annotations

from pathlib import Path

from mailcheck_gui.storage.folders import user_folders


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    folders = user_folders({"MAILCHECK_HOME": str(tmp_path)})
    for path in (folders.accounts_file, folders.preferences_file, folders.log_file):
        assert path.is_relative_to(tmp_path)


def test_the_home_is_absolute_and_empty_means_not_set() -> None:
    assert user_folders({"MAILCHECK_HOME": "here"}).data == Path.cwd() / "here" / "data"
    assert user_folders({"MAILCHECK_HOME": ""}) == user_folders({})


def test_the_home_of_a_user_who_is_not_known_is_a_name() -> None:
    folders = user_folders({"MAILCHECK_HOME": "~nobody-of-this-name/x"})
    assert folders.data == Path.cwd() / "~nobody-of-this-name" / "x" / "data"


def test_without_it_the_folders_are_those_of_the_system() -> None:
    folders = user_folders({})
    for folder in (folders.data, folders.config, folders.state):
        assert folder.is_absolute()
        assert "mailcheck" in str(folder)
