"""Where newer versions are announced: an https address, in the resources."""

from __future__ import annotations

from mailcheck_gui.catalogue.release import version_file


def test_the_address_is_https_and_whole() -> None:
    assert version_file().startswith("https://")
    assert version_file().count("/") >= 3
