"""The list of what a bundle is made of: complete, narrow, and valid CycloneDX."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from bundling import project
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from releasing import bill_of_materials

WHEN = 1_700_000_000


@pytest.fixture(scope="module")
def described() -> bill_of_materials.Bill:
    """The environment of these tests, which holds far more than a bundle."""
    return bill_of_materials.describe_environment(Path(sys.executable), WHEN)


def _versions(bill: bill_of_materials.Bill) -> dict[str, str]:
    return {each["name"]: each["version"] for each in bill["components"]}


def test_only_what_ships_is_listed_and_who_needs_whom(
    described: bill_of_materials.Bill,
) -> None:
    installed = _versions(described)
    assert "pytest" in installed
    shipped = {name: installed[name] for name in ("cryptography", "cffi", "h11")}
    bill = bill_of_materials.narrow(described, shipped, "3.11.9")
    assert _versions(bill) == {**shipped, "Python": "3.11.9"}
    rows = {row["ref"]: row.get("dependsOn", []) for row in bill["dependencies"]}
    assert rows[f"cryptography=={shipped['cryptography']}"] == [f"cffi=={shipped['cffi']}"]
    assert bill["metadata"]["component"]["name"] == "mailcheck"
    assert bill["metadata"]["timestamp"].startswith("2023-11-14T22:13:20")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None


def test_a_library_from_elsewhere_is_named(described: bill_of_materials.Bill) -> None:
    with pytest.raises(ValueError, match=r"does not: h11 0\.0\.1, unheard-of 1\.0"):
        bill_of_materials.narrow(described, {"unheard-of": "1.0", "h11": "0.0.1"}, "3.11.9")


def test_the_list_of_the_built_bundle_is_complete(dist: Path, tmp_path: Path) -> None:
    python = project.ROOT / "build" / "environment" / "bin" / "python"
    file = tmp_path / "bundle.cdx.json"
    bill_of_materials.write_bill(dist / "mailcheck", python, file, WHEN)
    names = _versions(json.loads(file.read_text("utf-8"))).keys()
    assert {"PySide6_Essentials", "keyring", "certifi", "Python"} <= names
    assert not {"pyinstaller", "pip", "setuptools"} & names
