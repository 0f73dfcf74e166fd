"""The version resource that Windows shows in a program's properties."""

from __future__ import annotations

from typing import Final

from bundling.project import AUTHORS, DISPLAY_NAME, SUMMARY

_NEUTRAL_ENGLISH: Final = "040904B0"  # language 0x0409 (US English), code page 1200 (Unicode)

_TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers},
    mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([StringTable({table!r}, [{strings}])]),
    VarFileInfo([VarStruct('Translation', [0x0409, 1200])])
  ]
)
"""


def version_resource(version: str, program: str) -> str:
    """Return PyInstaller's version file for one program, such as "mailcheck-gui"."""
    major, minor, patch = (int(part) for part in version.split("."))
    strings = {
        "CompanyName": AUTHORS,
        "FileDescription": f"{DISPLAY_NAME}: {SUMMARY}",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": f"Copyright {AUTHORS}",
        "OriginalFilename": f"{program}.exe",
        "ProductName": DISPLAY_NAME,
        "ProductVersion": version,
    }
    rows = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return _TEMPLATE.format(numbers=(major, minor, patch, 0), table=_NEUTRAL_ENGLISH, strings=rows)
