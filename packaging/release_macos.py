#!/usr/bin/env python3
"""Build, sign and try the disk image for macOS; on macOS only.

    python3 packaging/release_macos.py build [--target dist/release]
    python3 packaging/release_macos.py try IMAGE

Signed and notarised where the secrets are in the environment (packaging/README.md names them);
without them the app is signed ad hoc, and that is said.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

from bundling import project
from mac_packages import disk_image, notarisation, signing, trial
from releasing.credentials import without
from releasing.statement import state

APP = project.ROOT / "dist" / f"{project.DISPLAY_NAME}.app"


def build_app(identity: str | None) -> Path:
    """Build the app, signed by an identity or ad hoc. What builds is not told the secrets."""
    secrets = (*signing.SECRETS, *notarisation.SECRETS)
    environment = {**without(secrets, os.environ), "MAILCHECK_MAC_IDENTITY": identity or ""}
    subprocess.run(
        [sys.executable, "dev.py", "package"], cwd=project.ROOT, check=True, env=environment
    )
    signing.verify(APP)
    return APP


def pack(app: Path, image: Path, identity: str | None, key: notarisation.NotaryKey | None) -> str:
    """Make the image of an app, signed and notarised as far as possible; return what to say."""
    system = f"macOS, {image.stem.rpartition('-')[2]}"
    if key and identity:
        notarisation.notarise(app, key)
    disk_image.build_image(app, image)
    if identity is None:
        return (
            f"{system}: not signed, because the secrets for it are not set. macOS refuses the "
            "download until it is allowed under Privacy & Security."
        )
    signing.sign_image(image, identity)
    if key is None:
        return (
            f"{system}: signed, but not notarised, because the secrets for it are not set. "
            "macOS warns of the download."
        )
    notarisation.notarise(image, key)
    return f"{system}: signed with a Developer ID and notarised by Apple."


def build(target: Path) -> None:
    """Build what is released, and say how far it is signed."""
    machine = platform.machine()
    image = target / f"mailcheck-{project.version()}-macos-{machine}.dmg"
    with signing.signing_identity() as identity, notarisation.notary_key() as key:
        if key and not identity:
            raise ValueError(f"notarising needs a signature: {' and '.join(signing.SECRETS)}")
        text = pack(build_app(identity), image, identity, key)
    state(text, f"macos-{machine}", target)


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(description="Build, sign and try the disk image for macOS.")
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build")
    building.add_argument("--target", type=Path, default=project.ROOT / "dist" / "release")
    trying = commands.add_parser("try")
    trying.add_argument("image", type=Path)
    arguments = parser.parse_args()
    try:
        if arguments.command == "build":
            build(arguments.target)
        else:
            trial.try_image(arguments.image)
    except ValueError as error:
        sys.exit(f"release_macos.py: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
