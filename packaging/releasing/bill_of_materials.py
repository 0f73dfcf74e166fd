"""The list of what a bundle is made of, in CycloneDX format.

`cyclonedx-py` describes the environment that the bundle was built in. The environment also holds
what builds, so that list is narrowed to the libraries which the bundle names among its licences.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from bundling import project
from bundling.licences import FOLDER

SPECIFICATION: Final = "1.6"
"""The version of CycloneDX."""

Bill = dict[str, Any]
"""A document in CycloneDX' JSON form."""

_ROW: Final = re.compile(r"^(?P<name>\S+) (?P<version>\S+): ", re.MULTILINE)


def shipped_libraries(bundle: Path) -> dict[str, str]:
    """Return the names and versions of the libraries in a bundle, as its licence list has them."""
    overview = (bundle / "_internal" / FOLDER / "licences.txt").read_text("utf-8")
    return {row["name"]: row["version"] for row in _ROW.finditer(overview)}


def describe_environment(python: Path, when: int) -> Bill:
    """Return what is installed beside an interpreter. Raises CalledProcessError.

    `when` is the time in the document, in seconds since 1970: the commit's, as for the packages.
    """
    command = [
        *(sys.executable, "-m", "cyclonedx_py", "environment", str(python)),
        *("--spec-version", SPECIFICATION, "--output-format", "JSON", "--output-reproducible"),
        *("--pyproject", str(project.ROOT / "pyproject.toml")),
        "--no-validate",  # takes ten times as long; tests validate what is made of it
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def version_of(python: Path) -> str:
    """Return the version of an interpreter, such as "3.11.9". Raises CalledProcessError."""
    command = [str(python), "-c", "import platform; print(platform.python_version())"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def narrow(bill: Bill, libraries: dict[str, str], python_version: str) -> Bill:
    """Return a list with only the libraries that ship, and Python itself.

    Raises ValueError where a library ships that the environment does not have in that version:
    then the bundle was not built in it.
    """
    described = {(each["name"], each["version"]): each for each in bill["components"]}
    missing = sorted(set(libraries.items()) - described.keys())
    if missing:
        named = ", ".join(" ".join(each) for each in missing)
        raise ValueError(f"the bundle holds what its environment does not: {named}")
    python = _python(python_version)
    components = [each for key, each in described.items() if key in libraries.items()] + [python]
    names = {each["bom-ref"] for each in components}
    root = bill["metadata"]["component"]["bom-ref"]
    return {
        **bill,
        "components": components,
        "dependencies": [*_dependencies(bill, names, root), {"ref": python["bom-ref"]}],
    }


def _python(version: str) -> Bill:
    """Return the entry for the interpreter, which no list of installed libraries holds."""
    return {
        "type": "platform",
        "bom-ref": f"python=={version}",
        "name": "Python",
        "version": version,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        "purl": f"pkg:generic/python@{version}",
    }


def _dependencies(bill: Bill, names: set[str], root: str) -> list[Bill]:
    """Return who needs whom, among what ships."""
    rows = []
    for row in bill["dependencies"]:
        if row["ref"] in names | {root}:
            needed = [each for each in row.get("dependsOn", ()) if each in names]
            rows.append({"ref": row["ref"], **({"dependsOn": needed} if needed else {})})
    return rows


def write_bill(bundle: Path, python: Path, target: Path, when: int) -> Path:
    """Write the list for a bundle that was built with an interpreter, and return the file."""
    bill = narrow(describe_environment(python, when), shipped_libraries(bundle), version_of(python))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", "utf-8", newline="\n")
    return target
