"""What a bundle holds.

Plugins and translations of Qt go by a list of what is kept, modules of Python by a list of what is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Final

EXCLUDED_MODULES: Final = (
    # Qt's network is collected although nothing imports it; Mailcheck has sockets of its own.
    "PySide6.QtNetwork",
    # rich colours source code and Markdown with them, which no report holds: 5 MB of lexers.
    "pygments",
    "markdown_it",
    # Mailcheck starts no processes; preparing for them would delay every start.
    "multiprocessing",
    # Only tools and tests reach these.
    "tkinter",
    "_tkinter",
    "unittest",
    "doctest",
    "pydoc",
    "pydoc_data",
    "lib2to3",
    "setuptools",
    "pkg_resources",
    "distutils",
    "pycparser",
    # Without pycparser it only misleads win32ctypes, which then finds no Credential Manager.
    "cffi",
)

HIDDEN_MODULES: Final = (
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.null",
)
"""Back ends that keyring imports by the names in its entry points."""

DATA_PACKAGES: Final = ("publicsuffixlist", "certifi")
"""Libraries whose data files are read at run time."""

METADATA: Final = ("keyring",)
"""Libraries that look up their own entry points."""

KEPT_PLUGINS: Final = frozenset(
    {
        # the window systems, and a screen in memory for --self-test
        "platforms/qxcb",
        "platforms/qwayland",
        "platforms/qwayland-generic",
        "platforms/qoffscreen",
        "platforms/qwindows",
        "platforms/qcocoa",
        "wayland-shell-integration/xdg-shell",
        "wayland-decoration-client/adwaita",
        "wayland-decoration-client/bradient",
        # the desktop's own file dialogs and colours, without a second tool kit
        "platformthemes/qxdgdesktopportal",
        # dead keys and languages that need an input method
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforminputcontexts/ibusplatforminputcontextplugin",
        # icons
        "iconengines/qsvgicon",
        "imageformats/qsvg",
        # native styles
        "styles/qmacstyle",
        "styles/qmodernwindowsstyle",
    }
)
"""Folder and name of the plugins of Qt that the window uses, without prefix and suffix."""

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<kind>[^/]+)/(?:lib)?(?P<name>[^/.]+)\.")
_TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(?P<part>[^/]+?)_(?P<code>[a-z]{2}.*)\.qm")
_FRAMEWORK = re.compile(r"(?:^|/)(?P<name>[^/]+)\.framework/")


def plugin_of(name: str) -> str | None:
    """Return "kind/name" where a file of the bundle is a plugin of Qt, else None."""
    found = _PLUGIN.search(PurePosixPath(name.replace("\\", "/")).as_posix())
    return f"{found['kind']}/{found['name']}" if found else None


def is_unwanted_data(name: str, codes: Collection[str], frameworks: Collection[str]) -> bool:
    """Whether a data file is a translation of Qt that does not ship, or part of a dropped library.

    `codes` are the shipped languages, `frameworks` the names of libraries that were dropped. Of
    Qt's own translations only the one with the buttons of dialogs counts.
    """
    place = name.replace("\\", "/")
    translation = _TRANSLATION.search(place)
    if translation is not None:
        return translation["part"] != "qtbase" or translation["code"] not in codes
    framework = _FRAMEWORK.search(place)
    return framework is not None and framework["name"] in frameworks
