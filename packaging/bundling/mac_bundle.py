"""What macOS reads of an application: Info.plist and entitlements."""

from __future__ import annotations

from typing import Final

from bundling.project import AUTHORS, DISPLAY_NAME, IDENTIFIER, WINDOW_PROGRAM

OLDEST_MACOS: Final = "13.0"
"""What the wheels of PySide6 6.11 start on (docs/adr/0004)."""


def info_plist(version: str, languages: tuple[str, ...]) -> dict[str, object]:
    """Return the Info.plist. Without NSRequiresAquaSystemAppearance, dark mode is allowed."""
    return {
        "CFBundleDisplayName": DISPLAY_NAME,
        "CFBundleName": DISPLAY_NAME,
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleExecutable": WINDOW_PROGRAM,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", *languages],
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "LSApplicationCategoryType": "public.app-category.utilities",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"Copyright {AUTHORS}",
        "NSPrincipalClass": "NSApplication",
        "NSSupportsAutomaticGraphicsSwitching": True,
        # Servers in the local network (a router's mail server) are asked when they were entered.
        "NSLocalNetworkUsageDescription": (
            "Mailcheck connects to the mail servers whose names you enter."
        ),
    }


def entitlements() -> dict[str, object]:
    """Return the entitlements for the hardened runtime.

    Python's ctypes and cffi make small executable pages; libraries of wheels are signed by others.
    """
    return {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }
