"""Check the workflow files: their schema, and what the project asks of them (docs/adr/0015).

    python tools/check_workflows.py             prints what is wrong
    python tools/check_workflows.py --check     for CI: exits 1 where anything is wrong

The schema comes with check-jsonschema, so no network is needed. Beyond it: every action is pinned
to a commit, with its version beside it, and to the same one everywhere; permissions are granted by
the job that needs them; no job can run for hours; secrets and what strangers wrote do not get into
conditions and scripts; every script that a step calls exists.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ".github/workflows"

USES = re.compile(r"^[ -]*uses: *(?P<action>[^@\s]+)@?(?P<ref>\S*)(?P<rest>.*)$", re.MULTILINE)
COMMIT = re.compile(r"[0-9a-f]{40}")
VERSION = re.compile(r"\s+# v\d+(\.\d+)*\s*")
SCRIPT = re.compile(r"(?<![\w/.-])(?:\./)?((?:[\w.-]+/)*[\w-]+\.(?:py|sh)|\.ci/run)(?![\w/])")
EXPRESSION = re.compile(r"\$\{\{(?P<inside>.*?)\}\}", re.DOTALL)

Job = dict[str, Any]


def schema_complaints(files: list[Path]) -> Iterator[str]:
    """Yield what the schema has against some files."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    command += ["vendor.github-workflows", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield (done.stdout + done.stderr).strip()


def pin_complaints(text: str, pins: dict[str, str]) -> Iterator[str]:
    """Yield the actions that are not pinned; `pins` gathers what others are pinned to."""
    for use in USES.finditer(text):
        action, ref = use["action"], use["ref"]
        if action.startswith("./"):
            continue
        if not COMMIT.fullmatch(ref) or not VERSION.fullmatch(use["rest"]):
            yield f"{action} is not pinned to a commit with its version behind it"
        elif pins.setdefault(action, ref) != ref:
            yield f"{action} is pinned to another commit elsewhere"


def steps_of(job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the steps of a job, each with a name to find it by."""
    for number, step in enumerate(job.get("steps", ()), 1):
        yield step.get("name", f"step {number}"), step


def step_complaints(step: dict[str, Any], root: Path) -> Iterator[str]:
    """Yield what is wrong with one step."""
    script = step.get("run", "")
    if EXPRESSION.search(script):
        # Text of a title or a branch name would become part of the script; `env` hands it over.
        yield "has an expression in its script; hand it over in env"
    for name in SCRIPT.findall(script):
        if not (root / name).is_file():
            yield f"calls {name}, which does not exist"
    checks_out = str(step.get("uses", "")).startswith("actions/checkout@")
    if checks_out and step.get("with", {}).get("persist-credentials") is not False:
        yield "keeps the token in the working copy; set persist-credentials: false"


def job_complaints(name: str, job: Job, root: Path) -> Iterator[str]:
    """Yield what is wrong with one job."""
    if "secrets." in str(job.get("if", "")):
        yield f"{name}: has a secret in its condition"
    if "uses" in job:  # a job of another file, which is checked there
        return
    if "timeout-minutes" not in job:
        yield f"{name}: may run for hours; set timeout-minutes"
    for label, step in steps_of(job):
        if "secrets." in str(step.get("if", "")):
            yield f"{name}, {label}: has a secret in its condition"
        yield from (f"{name}, {label}: {text}" for text in step_complaints(step, root))


def own_complaints(text: str, root: Path) -> Iterator[str]:
    """Yield what the project has against a workflow."""
    workflow = YAML(typ="safe").load(text)
    if not isinstance(workflow, dict):
        return  # the schema tells that there is nothing
    triggers = workflow.get("on", {})
    if "pull_request_target" in triggers:
        yield "runs on pull_request_target, with secrets beside a stranger's code"
    if workflow.get("permissions") not in ({}, {"contents": "read"}):
        yield "grants all jobs more than to read; grant it to the job that needs it"
    if "concurrency" not in workflow and set(triggers) != {"workflow_call"}:
        yield "runs several times at once; set concurrency"
    for name, job in workflow.get("jobs", {}).items():
        yield from job_complaints(name, job, root)


def complaints(root: Path) -> Iterator[str]:
    """Yield everything that is wrong with the workflows of a project."""
    files = sorted((root / FOLDER).glob("*.y*ml"))
    if not files:
        yield f"{FOLDER} has no workflow"
        return
    yield from schema_complaints(files)
    pins: dict[str, str] = {}
    for file in files:
        text = file.read_text("utf-8")
        try:
            found = [*pin_complaints(text, pins), *own_complaints(text, root)]
        except YAMLError as error:
            found = [f"is no YAML: {error}"]
        yield from (f"{file.name}: {each}" for each in found)


def main() -> int:
    """Do what was asked; return the exit status."""
    parser = argparse.ArgumentParser(description="Check the workflow files.")
    parser.add_argument("--check", action="store_true", help="exit 1 where anything is wrong")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    arguments = parser.parse_args()
    found = list(complaints(arguments.root))
    print("\n".join(found) or "the workflows are as they should be")
    return 1 if arguments.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
