"""The building blocks of the bundle, one by one."""

from __future__ import annotations

import ast
import plistlib
import re
import struct
from pathlib import Path

import pytest
from bundling import comparison, contents, icon_files, mac_bundle, project, reachability, staging
from bundling.windows_version import version_resource

import mailcheck_gui

ROOT = Path(__file__).resolve().parents[2]


# What goes in


@pytest.mark.parametrize(
    ("name", "plugin"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "platforms/qxcb"),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "platforms/qwindows"),
        ("PySide6/Qt/plugins/styles/libqmacstyle.dylib", "styles/qmacstyle"),
        ("PySide6/Qt/lib/libQt6Core.so.6", None),
    ],
)
def test_a_plugin_is_recognised_on_every_system(name: str, plugin: str | None) -> None:
    assert contents.plugin_of(name) == plugin


@pytest.mark.parametrize(
    ("name", "unwanted"),
    [
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/translations/qtbase_de.qm", False),
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("PySide6/Qt/translations/qt_help_de.qm", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/Resources/Info.plist", True),
        ("PySide6/Qt/lib/QtCore.framework/Versions/A/Resources/Info.plist", False),
        ("mailcheck_gui/resources/translations/mailcheck_de.qm", False),
        ("certifi/cacert.pem", False),
    ],
)
def test_only_shipped_translations_and_kept_libraries_bring_data(name: str, unwanted: bool) -> None:
    assert contents.is_unwanted_data(name, ("de",), {"QtNetwork"}) is unwanted


def _library(name: str, kind: str = "BINARY") -> reachability.Entry:
    return (name, f"/build/{name}", kind)


def test_a_library_stays_only_where_something_kept_needs_it() -> None:
    entries = [
        _library("PySide6/QtCore.abi3.so", "EXTENSION"),
        _library("PySide6/Qt/lib/libQt6Core.so.6"),
        _library("libicudata.so.73"),
        _library("PySide6/Qt/plugins/platforms/libqxcb.so"),
        _library("libxcb-cursor.so.0"),
        _library("PySide6/Qt/plugins/platformthemes/libqgtk3.so"),
        _library("libgtk-3.so.0"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("libgtk.so", "libgtk-3.so.0", "SYMLINK"),
        _library("libpython3.11.so.1.0"),
        _library("opengl32sw.dll"),
    ]
    needs = {
        "/build/PySide6/QtCore.abi3.so": ["libQt6Core.so.6"],
        "/build/PySide6/Qt/lib/libQt6Core.so.6": ["/usr/lib/libicudata.so.73", "libc.so.6"],
        "/build/libicudata.so.73": [],
        "/build/PySide6/Qt/plugins/platforms/libqxcb.so": ["libxcb-cursor.so.0"],
        "/build/libxcb-cursor.so.0": [],
        "/build/PySide6/Qt/plugins/platformthemes/libqgtk3.so": ["libgtk-3.so.0"],
        "/build/libpython3.11.so.1.0": [],
    }
    kept, dropped = reachability.reachable(entries, lambda source: needs[source])
    assert [name for name, _, _ in dropped] == [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "libgtk-3.so.0",
        "libgtk.so",
        "opengl32sw.dll",
    ]
    assert len(kept) + len(dropped) == len(entries)


def test_libraries_are_found_in_any_case_as_windows_takes_them() -> None:
    entries = [_library("PySide6\\QtGui.pyd", "EXTENSION"), _library("PySide6\\Qt6Gui.dll")]
    kept, _ = reachability.reachable(entries, lambda _: ["QT6GUI.DLL"])
    assert len(kept) == 2


def test_dropped_frameworks_are_named() -> None:
    entries = [_library("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork")]
    assert reachability.frameworks(entries) == {"QtNetwork"}


def test_the_staged_package_holds_every_module_and_resource(tmp_path: Path) -> None:
    package = staging.stage(tmp_path / "stage")
    names = staging.modules(package)
    assert {"mailcheck_gui", "mailcheck_gui.__main__", "mailcheck_gui.resources"} <= set(names)
    assert len(names) == len(list((ROOT / "src" / "mailcheck_gui").rglob("*.py"))) + 1
    shipped = {
        f"{folder}/{Path(source).name}" for source, folder in staging.resource_files(package)
    }
    assert "mailcheck_gui/resources/thresholds.toml" in shipped
    assert "mailcheck_gui/resources/icons/lock.svg" in shipped
    assert not [name for name in shipped if "__pycache__" in name or name.endswith(".py")]


def test_a_translation_is_compiled_where_it_is_staged(tmp_path: Path) -> None:
    source = tmp_path / "mailcheck_de.ts"
    source.write_text(
        '<!DOCTYPE TS><TS version="2.1" language="de"><context><name>core</name><message>'
        "<source>Port</source><translation>Anschluss</translation></message></context></TS>"
    )
    compiled = staging.compile_translation(source)
    assert compiled.name == "mailcheck_de.qm"
    assert compiled.stat().st_size > 0


# What it says of itself


def test_the_version_is_the_programs() -> None:
    assert project.version() == mailcheck_gui.__version__


def test_a_missing_version_is_named(tmp_path: Path) -> None:
    (tmp_path / "src/mailcheck_gui").mkdir(parents=True)
    (tmp_path / "src/mailcheck_gui/__init__.py").write_text("")
    with pytest.raises(ValueError, match="has no version"):
        project.version(tmp_path)


def test_the_date_of_the_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert project.source_date() == 1700000000


def test_the_version_resource_is_what_pyinstaller_evaluates() -> None:
    text = version_resource("1.2.3", "mailcheck-gui")
    ast.parse(text, mode="eval")
    assert "filevers=(1, 2, 3, 0)" in text
    assert "StringStruct('OriginalFilename', 'mailcheck-gui.exe')" in text
    assert "StringStruct('ProductName', 'Mailcheck')" in text


def test_the_info_plist_is_complete_and_allows_dark_mode() -> None:
    plist = plistlib.loads(plistlib.dumps(mac_bundle.info_plist("1.2.3", ("de",))))
    assert plist["CFBundleExecutable"] == "mailcheck-gui"
    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == "1.2.3"
    assert re.fullmatch(r"[a-z]+(\.[A-Za-z]+){2}", plist["CFBundleIdentifier"])
    assert plist["CFBundleLocalizations"] == ["en", "de"]
    assert plist["NSHighResolutionCapable"] is True
    assert "NSRequiresAquaSystemAppearance" not in plist


def test_the_oldest_macos_is_the_one_of_the_decision() -> None:
    decision = (ROOT / "docs/adr/0004-oldest-systems.md").read_text("utf-8")
    assert mac_bundle.OLDEST_MACOS == "13.0"
    assert "| macOS, Apple processor | 13 |" in decision


def test_the_entitlements_are_a_property_list() -> None:
    assert all(plistlib.loads(plistlib.dumps(mac_bundle.entitlements())).values())


# Icons


def test_the_windows_icon_holds_every_size() -> None:
    data = icon_files.ico(lambda size: b"\x89PNG" + bytes([size % 256]))
    kind, count = struct.unpack_from("<HH", data, 2)
    assert (kind, count) == (1, len(icon_files.WINDOWS_SIZES))
    for number, size in enumerate(icon_files.WINDOWS_SIZES):
        width, _, _, _, _, depth, length, place = struct.unpack_from(
            "<BBBBHHII", data, 6 + 16 * number
        )
        assert (width, depth) == (size % 256, 32)
        assert data[place : place + length] == b"\x89PNG" + bytes([size % 256])


def test_the_mac_icon_holds_every_type() -> None:
    data = icon_files.icns(lambda size: b"\x89PNG" + struct.pack(">H", size))
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    found, place = {}, 8
    while place < len(data):
        kind, length = data[place : place + 4], struct.unpack_from(">I", data, place + 4)[0]
        found[kind] = struct.unpack(">H", data[place + 12 : place + length])[0]
        place += length
    assert found == icon_files.MAC_TYPES


@pytest.mark.parametrize("size", [16, 256])
def test_the_drawing_is_drawn_in_its_size(size: int) -> None:
    png = icon_files.renderer(project.DRAWING)(size)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack_from(">II", png, 16) == (size, size)


# Two builds beside each other


def test_equal_builds_have_no_difference(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("same")
    assert comparison.compare(tmp_path / "one", tmp_path / "two") == []


def test_every_kind_of_difference_is_listed(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    (one / "gone").write_text("")
    (two / "new").write_text("")
    for folder, text in ((one, "a"), (two, "b")):
        (folder / "changed").write_text(text)
        (folder / "mode").write_text("")
        (folder / "link").symlink_to(text)
    (one / "mode").chmod(0o755)
    found = {each.name: each for each in comparison.compare(one, two)}
    assert sorted(found) == ["changed", "gone", "link", "mode", "new"]
    assert all(each.unexplained for each in found.values())
    assert "only in the first" in str(found["gone"])
