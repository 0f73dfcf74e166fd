"""The MSI for administrators: for all users of a computer, spread by Group Policy or Intune.

The source in the language of WiX is generated from the files of a bundle, so no list has to be
kept. `wixl` compiles it on Linux; WiX 3 reads it too.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path, PurePosixPath
from typing import Final

from bundling.project import AUTHORS, DISPLAY_NAME, SUMMARY, WINDOW_PROGRAM

UPGRADE_CODE: Final = uuid.UUID("5d3c0f5b-1b53-4c5e-9a43-6c2b9a1f7e10")
"""What all versions have in common: by it Windows knows an older one. It must never change."""

_BUNDLE: Final = "bundle"
_ICON: Final = "mailcheck.ico"
_OLDEST: Final = "Installed OR VersionNT64 >= 603"
"""Windows Installer calls every Windows since 8.1 by this number, so it can ask for no more."""
_TOO_OLD: Final = f"{DISPLAY_NAME} needs Windows 10 version 1809 or newer, 64 bit."
_NEWER: Final = f"A newer version of {DISPLAY_NAME} is installed. Uninstall it first to go back."


def stable_id(*words: str) -> uuid.UUID:
    """Return the same identifier for the same words, on every computer and in every version."""
    return uuid.uuid5(UPGRADE_CODE, "\n".join(words))


def _name(kind: str, path: PurePosixPath) -> str:
    """Return an identifier as the tables of an MSI allow it."""
    return f"{kind}{hashlib.sha256(str(path).encode()).hexdigest()[:24]}"


def _guid(value: uuid.UUID) -> str:
    return str(value).upper()


def source(files: tuple[PurePosixPath, ...], version: str) -> bytes:
    """Return the WiX source for the files of a bundle, given by their paths below it.

    The bundle is expected beside the source in a folder of that name, and the icon too.
    """
    wix = ET.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    product = _product(wix, version)
    target = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = ET.SubElement(target, "Directory", Id="ProgramFiles64Folder")
    root = ET.SubElement(programs, "Directory", Id="INSTALLDIR", Name=DISPLAY_NAME)
    ET.SubElement(target, "Directory", Id="ProgramMenuFolder")
    feature = ET.SubElement(product, "Feature", Id="Program", Level="1", Title=DISPLAY_NAME)
    folders = {PurePosixPath(): root}
    for path in sorted(files):
        component = _add_file(_folder(folders, path.parent), path)
        if path == PurePosixPath(f"{WINDOW_PROGRAM}.exe"):
            _add_shortcut(component)
        ET.SubElement(feature, "ComponentRef", Id=component.attrib["Id"])
    ET.indent(wix)
    written: bytes = ET.tostring(wix, "utf-8", xml_declaration=True)
    return written + b"\n"


def _product(wix: ET.Element, version: str) -> ET.Element:
    product = ET.SubElement(
        wix,
        "Product",
        Id=_guid(stable_id("product", version)),
        Name=DISPLAY_NAME,
        Language="1033",
        Version=version,
        Manufacturer=AUTHORS,
        UpgradeCode=_guid(UPGRADE_CODE),
    )
    ET.SubElement(
        product,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Description=SUMMARY,
        Manufacturer=AUTHORS,
    )
    ET.SubElement(product, "MajorUpgrade", DowngradeErrorMessage=_NEWER)
    condition = ET.SubElement(product, "Condition", Message=_TOO_OLD)
    condition.text = _OLDEST
    ET.SubElement(product, "Media", Id="1", Cabinet="mailcheck.cab", EmbedCab="yes")
    ET.SubElement(product, "Icon", Id=_ICON, SourceFile=_ICON)
    ET.SubElement(product, "Property", Id="ARPPRODUCTICON", Value=_ICON)
    return product


def _folder(folders: dict[PurePosixPath, ET.Element], path: PurePosixPath) -> ET.Element:
    """Return the element of a folder, made with those above it where it is new."""
    if path not in folders:
        above = _folder(folders, path.parent)
        folders[path] = ET.SubElement(above, "Directory", Id=_name("D", path), Name=path.name)
    return folders[path]


def _add_file(folder: ET.Element, path: PurePosixPath) -> ET.Element:
    component = ET.SubElement(
        folder,
        "Component",
        Id=_name("C", path),
        Guid=_guid(stable_id("file", str(path))),
        Win64="yes",
    )
    ET.SubElement(
        component,
        "File",
        Id=_name("F", path),
        Name=path.name,
        Source=f"{_BUNDLE}/{path}",
        KeyPath="yes",
    )
    return component


def _add_shortcut(component: ET.Element) -> None:
    """Add the entry in the start menu of all users."""
    ET.SubElement(
        component,
        "Shortcut",
        Id="StartMenu",
        Directory="ProgramMenuFolder",
        Name=DISPLAY_NAME,
        Target=f"[INSTALLDIR]{WINDOW_PROGRAM}.exe",
        WorkingDirectory="INSTALLDIR",
    )


def compiler() -> str | None:
    """Return the path of wixl, or None where it is not installed."""
    return shutil.which("wixl")


def build_msi(bundle: Path, version: str, icon: Path, work: Path, target: Path) -> Path:
    """Lay out source, bundle and icon in `work`, anew, and return the MSI, built into `target`.

    wixl takes no absolute paths, and on its command line only ASCII: so all is beside the source.
    Raises RuntimeError where wixl is missing and CalledProcessError where it does not compile.
    """
    program = compiler()
    if program is None:
        raise RuntimeError("the MSI needs wixl (Debian package wixl)")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / _BUNDLE).symlink_to(bundle.absolute())
    shutil.copyfile(icon, work / _ICON)
    files = [path.relative_to(bundle) for path in bundle.rglob("*") if path.is_file()]
    written = source(tuple(PurePosixPath(path.as_posix()) for path in files), version)
    (work / "mailcheck.wxs").write_bytes(written)
    command = [program, "--arch", "x64", "--output", "mailcheck.msi", "mailcheck.wxs"]
    subprocess.run(command, check=True, cwd=work)
    output = target / f"mailcheck-{version}-all-users.msi"
    shutil.move(work / "mailcheck.msi", output)
    return output
