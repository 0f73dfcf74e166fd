"""The macOS image: which of Apple's tools are called, in which order, and with what.

The tools exist on macOS only. Here stand-ins take their place on the PATH: they write down how they
were called, and answer what the tools answer.
"""

from __future__ import annotations

import base64
import json
import os
import plistlib
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import release_macos
from bundling import icon_files, mac_bundle, project
from mac_packages import disk_image, notarisation, signing

HASH = "0123456789ABCDEF0123456789ABCDEF01234567"
STAND_IN = f"""\
#!{sys.executable}
import json, sys
from pathlib import Path
name = Path(sys.argv[0]).name
with open(Path(sys.argv[0]).parent / "calls.jsonl", "a") as log:
    log.write(json.dumps([name, *sys.argv[1:]]) + "\\n")
answers = {{
    "find-identity": '  1) {HASH} "Developer ID Application: Some One (TEAM)"',
    "list-keychains": '    "/Users/someone/Library/Keychains/login.keychain-db"',
    "notarytool": "  id: 1234\\n  status: Accepted",
}}
refused = Path(sys.argv[0]).parent / "refused"
if "notarytool" in sys.argv and refused.exists():
    answers["notarytool"] = "  id: 1234\\n  status: Invalid"
busy = Path(sys.argv[0]).parent / "busy"
if busy.exists():
    busy.unlink()
    sys.exit("hdiutil: create failed - Resource busy")
print("\\n".join(text for word, text in answers.items() if word in sys.argv))
"""
CERTIFICATE = base64.b64encode(b"a .p12 file").decode()
SIGNING = dict(zip(signing.SECRETS, (CERTIFICATE, "pfx-password"), strict=True))
NOTARY = dict(zip(notarisation.SECRETS, ("a .p8 file", "KEYID", "ISSUER"), strict=True))


@dataclass(frozen=True)
class Apple:
    """The stand-ins and what they were asked."""

    folder: Path

    def calls(self) -> list[list[str]]:
        log = self.folder / "calls.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def steps(self) -> list[str]:
        """The tool and its verb, of each call."""
        return [" ".join(call[: 3 if call[0] == "xcrun" else 2]) for call in self.calls()]

    def be_busy_once(self) -> None:
        (self.folder / "busy").touch()

    def refuse(self) -> None:
        (self.folder / "refused").touch()


@pytest.fixture
def apple(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Apple:
    if os.name == "nt":
        pytest.skip("the stand-ins are scripts with a first line that Windows does not read")
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("security", "codesign", "xcrun", "ditto", "hdiutil"):
        (folder / name).write_text(STAND_IN)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    for name in (*signing.SECRETS, *notarisation.SECRETS):
        monkeypatch.delenv(name, raising=False)
    return Apple(folder)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    app = tmp_path / "Mailcheck.app"
    (app / "Contents" / "MacOS").mkdir(parents=True)
    (app / "Contents" / "MacOS" / "mailcheck-gui").write_text("program")
    (app / "Contents" / "Current").symlink_to("MacOS")
    return app


# The identity


def test_the_identity_is_there_only_while_it_is_needed(apple: Apple) -> None:
    with signing.signing_identity(SIGNING) as identity:
        assert identity == HASH
        before = len(apple.calls())
    imported = next(call for call in apple.calls() if call[1] == "import")
    assert not Path(imported[2]).exists()
    assert imported[imported.index("-T") + 1] == "/usr/bin/codesign"
    restored, deleted = apple.calls()[before:]
    assert restored[-1] == "/Users/someone/Library/Keychains/login.keychain-db"
    assert deleted[1] == "delete-keychain"


def test_without_secrets_no_keychain_is_made(apple: Apple) -> None:
    with signing.signing_identity({}) as identity, notarisation.notary_key({}) as key:
        assert (identity, key) == (None, None)
    assert apple.calls() == []


def test_a_certificate_of_another_kind_is_refused_and_forgotten(apple: Apple) -> None:
    (apple.folder / "security").write_text(STAND_IN.replace("Developer ID", "Apple Development"))
    with (
        pytest.raises(ValueError, match="no valid 'Developer ID Application' certificate"),
        signing.signing_identity(SIGNING),
    ):
        pass
    assert apple.steps()[-1] == "security delete-keychain"


# Notarising


def test_an_app_is_sent_as_an_archive_and_gets_its_ticket(apple: Apple, app: Path) -> None:
    with notarisation.notary_key(NOTARY) as key:
        assert key is not None
        notarisation.notarise(app, key)
        sent = next(call for call in apple.calls() if call[1] == "notarytool")
    assert apple.steps() == ["ditto -c", "xcrun notarytool submit", "xcrun stapler staple"]
    assert sent[3].endswith("Mailcheck.zip")
    assert "a .p8 file" not in sent
    assert not Path(sent[sent.index("--key") + 1]).exists()
    assert apple.calls()[-1][-1] == str(app)


def test_what_apple_refuses_gets_no_ticket(apple: Apple, app: Path) -> None:
    apple.refuse()
    with notarisation.notary_key(NOTARY) as key:
        assert key is not None
        with pytest.raises(ValueError, match=r"Apple did not accept Mailcheck\.zip"):
            notarisation.notarise(app, key)
    assert "xcrun stapler staple" not in apple.steps()


# The image


def test_the_image_shows_the_app_beside_the_folder_of_programs(app: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shown"
    folder.mkdir()
    disk_image.lay_out(app, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["Applications", "Mailcheck.app"]
    assert (folder / "Applications").readlink() == Path("/Applications")
    assert (folder / "Mailcheck.app/Contents/Current").readlink() == Path("MacOS")


def test_an_image_is_made_although_macos_was_busy(
    apple: Apple, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_image, "PAUSE", 0)
    apple.be_busy_once()
    disk_image.build_image(app, tmp_path / "some.dmg")
    assert apple.steps() == ["hdiutil create", "hdiutil create", "hdiutil verify"]


def test_an_opened_image_is_closed_again(apple: Apple, tmp_path: Path) -> None:
    with disk_image.opened(tmp_path / "some.dmg"):
        assert apple.steps() == ["hdiutil attach"]
    assert apple.steps() == ["hdiutil attach", "hdiutil detach"]


@pytest.mark.parametrize(
    ("signed", "notarised", "steps", "said"),
    [
        (False, False, [], "macOS, arm64: not signed, because the secrets"),
        (True, False, ["codesign --sign"], "macOS, arm64: signed, but not notarised, because"),
        (
            True,
            True,
            ["codesign --sign", "xcrun notarytool submit", "xcrun stapler staple"],
            "macOS, arm64: signed with a Developer ID and notarised by Apple.",
        ),
    ],
)
def test_an_image_is_signed_as_far_as_there_are_secrets(
    apple: Apple,
    app: Path,
    tmp_path: Path,
    signed: bool,
    notarised: bool,
    steps: list[str],
    said: str,
) -> None:
    image = tmp_path / "release" / "mailcheck-1.2.3-macos-arm64.dmg"
    with notarisation.notary_key(NOTARY if notarised else {}) as key:
        text = release_macos.pack(app, image, HASH if signed else None, key)
    assert text.startswith(said)
    first = ["ditto -c", "xcrun notarytool submit", "xcrun stapler staple"] if notarised else []
    assert apple.steps() == [*first, "hdiutil create", "hdiutil verify", *steps]


def test_half_of_the_secrets_is_said_in_one_sentence(apple: Apple) -> None:
    command = [sys.executable, "packaging/release_macos.py", "build"]
    half = {**os.environ, signing.SECRETS[0]: CERTIFICATE}
    done = subprocess.run(command, cwd=project.ROOT, env=half, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "release_macos.py: to sign, MACOS_CERTIFICATE_PASSWORD must be set as well\n"
    )
    assert apple.calls() == []


# What macOS reads of the app


def test_the_app_says_everything_that_macos_asks_for() -> None:
    plist = plistlib.loads(plistlib.dumps(mac_bundle.info_plist("1.2.3", ("de",))))
    assert plist == mac_bundle.info_plist("1.2.3", ("de",))
    asked = {
        *("CFBundleIdentifier", "CFBundleName", "CFBundleDisplayName", "CFBundleExecutable"),
        *("CFBundlePackageType", "CFBundleShortVersionString", "CFBundleVersion"),
        *("LSMinimumSystemVersion", "NSHighResolutionCapable", "NSPrincipalClass"),
    }
    assert asked <= plist.keys()
    assert plist["CFBundlePackageType"] == "APPL"


def test_the_locks_are_tried_for_the_oldest_macos_that_the_app_names() -> None:
    tool = (project.ROOT / "tools" / "lock.py").read_text("utf-8")
    assert f'\nOLDEST_MACOS = "{mac_bundle.OLDEST_MACOS}"' in tool
    assert '"aarch64-apple-darwin"' in tool
    assert '"x86_64-apple-darwin"' in tool


def test_the_hardened_runtime_is_opened_only_as_far_as_python_needs() -> None:
    entitlements = plistlib.loads(plistlib.dumps(mac_bundle.entitlements()))
    assert sorted(name.rpartition(".")[2] for name in entitlements) == [
        "allow-unsigned-executable-memory",
        "disable-library-validation",
    ]
    assert not any("get-task-allow" in name for name in entitlements)  # Apple refuses it


def test_the_build_wrote_the_entitlements_that_the_app_is_signed_with(dist: Path) -> None:
    written = project.ROOT / "build" / "mailcheck" / "entitlements.plist"
    assert plistlib.loads(written.read_bytes()) == mac_bundle.entitlements()


def test_the_spec_asks_for_a_signed_app_on_macos(dist: Path, tmp_path: Path) -> None:
    python = project.ROOT / "build" / "environment" / "bin" / "python"
    script = Path(__file__).with_name("spec_for_macos.py")
    environment = {**os.environ, "MAILCHECK_MAC_IDENTITY": HASH, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [python, script, tmp_path], env=environment, capture_output=True, text=True, check=True
    )
    asked = json.loads(done.stdout)
    (app,) = asked["BUNDLE"]
    assert app["name"] == "Mailcheck.app"
    assert Path(app["icon"]).read_bytes().startswith(b"icns")
    assert app["info_plist"] == mac_bundle.info_plist(project.version(), project.languages())
    assert [program["name"] for program in asked["EXE"]] == ["mailcheck-gui", "mailcheck"]
    for program in asked["EXE"]:
        assert program["codesign_identity"] == HASH
        assert program["entitlements"] == mac_bundle.entitlements()
        assert (program["strip"], program["upx"], program["version"]) == (False, False, None)


def test_every_picture_of_the_icon_has_the_size_of_its_type() -> None:
    data = icon_files.icns(icon_files.renderer(project.DRAWING))
    found, place = {}, 8
    while place < len(data):
        kind, length = struct.unpack_from(">4sI", data, place)
        picture = data[place + 8 : place + length]
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert picture.endswith(b"IEND\xaeB`\x82")
        width, height = struct.unpack_from(">II", picture, 16)
        assert width == height
        found[kind] = width
        place += length
    assert place == len(data) == struct.unpack_from(">I", data, 4)[0]
    assert found == icon_files.MAC_TYPES
