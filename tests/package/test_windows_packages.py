"""What installs on Windows, as far as Linux sees it: the installer's script and the MSI's tables.

Both are compiled from a small folder that looks like a bundle. Nothing is installed here.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path, PurePosixPath

import pytest
from bundling import contents, project
from windows_packages import msi, setup_program
from windows_packages.side_picture import HEIGHT, WIDTH, draw_side_picture

FILES = tuple(
    PurePosixPath(name)
    for name in (
        "mailcheck-gui.exe",
        "mailcheck.exe",
        "_internal/python311.dll",
        "_internal/PySide6/plugins/platforms/qwindows.dll",
        "_internal/licences/licences.txt",
    )
)
NAMESPACE = {"wix": "http://schemas.microsoft.com/wix/2006/wi"}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("with blanks äß") / "mailcheck"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def icon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from bundling.icon_files import ico, renderer

    path = tmp_path_factory.mktemp("icon") / "mailcheck.ico"
    path.write_bytes(ico(renderer(project.DRAWING)))
    return path


@pytest.fixture(scope="module")
def script() -> str:
    return setup_program.SCRIPT.read_text("utf-8")


# The installer's script


def test_the_script_says_of_the_program_what_all_packages_say(script: str) -> None:
    said = dict(re.findall(r'^!define (\w+) "?([^"\n]+?)"?(?: ;.*)?$', script, re.MULTILINE))
    assert said["NAME"] == project.DISPLAY_NAME
    assert said["WINDOW_PROGRAM"] == f"{project.WINDOW_PROGRAM}.exe"
    assert said["TERMINAL_PROGRAM"] == f"{project.TERMINAL_PROGRAM}.exe"
    assert said["PUBLISHER"] == project.AUTHORS


def test_the_script_holds_no_version_and_no_place_of_one_computer(script: str) -> None:
    assert project.version() not in script
    assert not re.search(r'"(?:/[a-z]|[A-Za-z]:\\)', script)


def test_the_script_needs_no_administrator(script: str) -> None:
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\${NAME}"' in script


def test_only_a_folder_that_mailcheck_made_is_removed_with_what_it_holds(script: str) -> None:
    removed = re.findall(r'^\s*RMDir /r (?:/\w+ )?"([^"]+)"', script, re.MULTILINE)
    assert removed
    assert all(path.endswith(r"\_internal") for path in removed)


def test_a_saved_password_goes_only_where_the_person_says_so(script: str) -> None:
    removal = script.index("--remove-data --yes")
    assert '${If} $RemoveData == "yes"' in script[:removal]
    assert "MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2" in script  # the answer that is ready is No
    assert script.index("--remove-data --yes") < script.rindex("!insertmacro RemoveProgram")


def test_each_status_is_a_number_of_its_own(script: str) -> None:
    numbers = re.findall(r"^!define STATUS_\w+ (\d+)", script, re.MULTILINE)
    assert len(set(numbers)) == len(numbers) == script.count("!define STATUS_")
    assert not {"0", "1", "2"} & set(numbers)  # these are NSIS' own


def test_the_size_is_counted_in_full_kilobytes(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"x" * 1025)
    given = setup_program.definitions(tmp_path, "1.2.3", tmp_path / "icon", tmp_path / "out")
    assert given["SIZE_KB"] == "2"
    assert given["VERSION"] == "1.2.3"


def test_the_picture_of_the_last_page_has_the_size_that_nsis_expects(tmp_path: Path) -> None:
    content = draw_side_picture(project.DRAWING, tmp_path / "side.bmp").read_bytes()
    assert content[:2] == b"BM"
    assert struct.unpack_from("<ii", content, 18) == (WIDTH, HEIGHT)
    with pytest.raises(OSError, match="cannot be written"):
        draw_side_picture(project.DRAWING, tmp_path / "no folder" / "side.bmp")


def test_what_only_misleads_the_credential_manager_stays_out() -> None:
    """win32ctypes takes cffi where it is found, and fails there without pycparser."""
    assert {"cffi", "pycparser"} <= set(contents.EXCLUDED_MODULES)
    assert "keyring.backends.Windows" in contents.HIDDEN_MODULES


def test_without_nsis_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bundle: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="NSIS"):
        setup_program.build_setup_program(bundle, "1.2.3", tmp_path / "icon", tmp_path)
    with pytest.raises(RuntimeError, match="wixl"):
        msi.build_msi(bundle, "1.2.3", tmp_path / "icon", tmp_path, tmp_path)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed here")
def test_the_script_compiles_without_a_warning(bundle: Path, icon: Path, tmp_path: Path) -> None:
    built = setup_program.build_setup_program(bundle, "1.2.3", icon, tmp_path)
    assert built.name == "mailcheck-1.2.3-setup.exe"
    content = built.read_bytes()
    assert content[:2] == b"MZ"
    assert struct.pack("<II", 0x00010002, 0x00030000) in content  # 1.2.3.0, as Windows reads it
    assert "Mailcheck Setup".encode("utf-16-le") in content
    assert content.count(b"\x89PNG") >= 7  # the icon in all its sizes


# The MSI's source


def _source(version: str = "1.2.3") -> ET.Element:
    return ET.fromstring(msi.source(FILES, version))


def _identifiers(source: ET.Element) -> dict[str, str]:
    """Return the identifier of the component of each file."""
    found = {}
    for component in source.iterfind(".//wix:Component", NAMESPACE):
        file = component.find("wix:File", NAMESPACE)
        assert file is not None
        found[file.attrib["Source"]] = component.attrib["Guid"]
    return found


def test_every_file_of_the_bundle_is_in_the_msi_once() -> None:
    source = _source()
    assert set(_identifiers(source)) == {f"bundle/{path}" for path in FILES}
    components = source.findall(".//wix:Component", NAMESPACE)
    references = source.findall(".//wix:ComponentRef", NAMESPACE)
    assert len(components) == len(FILES)
    assert [each.attrib["Id"] for each in components] == [each.attrib["Id"] for each in references]


def test_the_folders_of_the_msi_are_those_of_the_bundle() -> None:
    root = _source().find(".//wix:Directory[@Id='INSTALLDIR']", NAMESPACE)
    assert root is not None
    [internal] = root.findall("wix:Directory", NAMESPACE)
    assert internal.attrib["Name"] == "_internal"
    below = [each.attrib["Name"] for each in internal.iterfind(".//wix:Directory", NAMESPACE)]
    assert below == ["PySide6", "plugins", "platforms", "licences"]


def test_versions_share_their_upgrade_code_and_nothing_tells_computers_apart() -> None:
    """A changed code would leave the older version installed beside the newer one."""
    product = _source().find("wix:Product", NAMESPACE)
    assert product is not None
    assert product.attrib["UpgradeCode"] == "5D3C0F5B-1B53-4C5E-9A43-6C2B9A1F7E10"
    assert product.attrib["Id"] == "3E7A6C80-667F-5269-8A74-99C7A91D6F8B"
    assert msi.source(FILES, "1.2.3") == msi.source(tuple(reversed(FILES)), "1.2.3")
    places = [each.get("Source") or each.get("SourceFile", "") for each in product.iter()]
    assert not [place for place in places if PurePosixPath(place).is_absolute()]


def test_a_new_version_is_another_product_of_the_same_components() -> None:
    old, new = _source("1.2.3"), _source("1.2.4")
    products = [each.find("wix:Product", NAMESPACE) for each in (old, new)]
    ids = {each.attrib["Id"] for each in products if each is not None}
    assert len(ids) == 2
    assert _identifiers(old) == _identifiers(new)
    assert len(set(_identifiers(old).values())) == len(FILES)


@pytest.fixture(scope="module")
def built_msi(bundle: Path, icon: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if msi.compiler() is None or shutil.which("msiinfo") is None:
        pytest.skip("wixl and msitools are not installed here")
    folder = tmp_path_factory.mktemp("msi")
    return msi.build_msi(bundle, "1.2.3", icon, folder / "work", folder)


def _table(package: Path, name: str) -> list[list[str]]:
    """Return the rows of a table, without its three lines of heading."""
    done = subprocess.run(["msiinfo", "export", package, name], capture_output=True, check=True)
    return [line.split("\t") for line in done.stdout.decode("utf-8").splitlines()[3:]]


def test_the_msi_is_for_all_users_and_replaces_older_versions_only(built_msi: Path) -> None:
    properties = dict(_table(built_msi, "Property"))
    assert properties["ALLUSERS"] == "1"
    assert properties["ProductVersion"] == "1.2.3"
    older, newer = sorted(_table(built_msi, "Upgrade"), key=lambda row: row[1])
    assert older[2] == newer[1] == "1.2.3"
    conditions = dict(_table(built_msi, "LaunchCondition"))
    assert "newer version" in conditions["NOT WIX_DOWNGRADE_DETECTED"]
    sequence = [row[0] for row in _table(built_msi, "InstallExecuteSequence")]
    assert "RemoveExistingProducts" in sequence


def test_the_msi_brings_the_files_and_an_entry_in_the_start_menu(built_msi: Path) -> None:
    assert {row[2].rpartition("|")[2] for row in _table(built_msi, "File")} == {
        path.name for path in FILES
    }
    [shortcut] = _table(built_msi, "Shortcut")
    assert shortcut[1:5] == [
        "ProgramMenuFolder",
        "Mailcheck",
        shortcut[3],
        "[INSTALLDIR]mailcheck-gui.exe",
    ]
