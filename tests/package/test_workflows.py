"""The workflows, and the tool that checks them, on planted faults."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bundling import project
from mac_packages import notarisation, signing
from releasing import authenticode
from ruamel.yaml import YAML

TOOL = project.ROOT / "tools" / "check_workflows.py"
FOLDER = project.ROOT / ".github" / "workflows"
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
SECRETS = {*signing.SECRETS, *notarisation.SECRETS, *authenticode.SECRETS}

SOUND = f"""\
name: Sound
on:
  pull_request:
permissions:
  contents: read
concurrency:
  group: sound
jobs:
  only:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: {CHECKOUT}
        with:
          persist-credentials: false
      - name: Say
        run: python tools/say.py
"""


FAULTS = {
    ("contents: read", "contents: write"): "grants all jobs more than to read",
    ("concurrency:\n  group: sound\n", ""): "runs several times at once",
    ("pull_request:", "pull_request_target:"): "secrets beside a stranger's code",
    (CHECKOUT, "actions/checkout@v7"): "actions/checkout is not pinned",
    (" # v7.0.1", ""): "actions/checkout is not pinned",
    ("@3d3c42e5", "@00000000"): "actions/checkout is pinned to another commit elsewhere",
    ("    timeout-minutes: 5\n", ""): "only: may run for hours",
    ("tools/say.py", "tools/shout.py"): "only, Say: calls tools/shout.py, which does not exist",
    ("tools/say.py", "tools/say.py ${{ github.head_ref }}"): "an expression in its script",
    ("persist-credentials: false", "fetch-depth: 0"): "only, step 1: keeps the token",
    ("name: Say", "if: ${{ secrets.KEY != '' }}"): "has a secret in its condition",
    ("jobs:", "jobs: ["): "is no YAML",
}


def _check(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, TOOL, "--check", "--root", root]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the tool says of a sound workflow, of one with a word that the schema does not know,
    and of one workflow for each planted fault."""
    root = tmp_path_factory.mktemp("project")
    (root / ".github/workflows").mkdir(parents=True)
    (root / "tools").mkdir()
    (root / "tools/say.py").touch()
    workflows = {"a-sound": SOUND, "typo": SOUND.replace("runs-on", "run-on")}
    for number, (old, new) in enumerate(FAULTS):
        assert old in SOUND
        workflows[f"fault{number:02}"] = SOUND.replace(old, new)
    for name, text in workflows.items():
        (root / f".github/workflows/{name}.yml").write_text(text)
    done = _check(root)
    assert done.returncode == 1
    return done.stdout


@pytest.mark.parametrize(("number", "fault"), list(enumerate(FAULTS.values())))
def test_a_planted_fault_is_told_and_nothing_else(told: str, number: int, fault: str) -> None:
    start = f"fault{number:02}.yml: "
    lines = [line for line in told.splitlines() if line.startswith(start)]
    assert len(lines) == 1, told
    assert fault in lines[0]


def test_what_the_schema_does_not_know_is_told(told: str) -> None:
    assert "typo.yml" in told
    assert "run-on" in told


def test_a_sound_workflow_is_not_mentioned(told: str) -> None:
    assert "a-sound" not in told


def test_a_project_without_workflows_is_told(tmp_path: Path) -> None:
    done = _check(tmp_path)
    assert (done.returncode, done.stdout) == (1, ".github/workflows has no workflow\n")


# What the workflows have to do


@pytest.fixture(scope="module")
def release() -> str:
    return (FOLDER / "release.yml").read_text("utf-8")


def test_the_secrets_of_the_workflow_are_those_that_the_scripts_read(release: str) -> None:
    named = set(re.findall(r"secrets\.(\w+)", release))
    assert named == SECRETS
    assert not re.search(r"secrets\.", (FOLDER / "test.yml").read_text("utf-8"))
    readme = (project.ROOT / "packaging" / "README.md").read_text("utf-8")
    assert [name for name in sorted(named) if f"`{name}`" not in readme] == []


def test_secrets_reach_only_the_steps_that_sign(release: str) -> None:
    for job in YAML(typ="safe").load(release)["jobs"].values():
        assert "secrets." not in str(job.get("env", ""))
        for step in job.get("steps", ()):
            if "secrets." in str(step.get("env", "")):
                assert re.search(r"release\.py sign-windows|release_macos\.py build", step["run"])


def test_every_system_is_built_started_and_waited_for(release: str) -> None:
    jobs = YAML(typ="safe").load(release)["jobs"]
    assert set(jobs["publish"]["needs"]) == jobs.keys() - {"check", "publish"}
    scripts = "\n".join(
        step.get("run", "") for job in jobs.values() for step in job.get("steps", ())
    )
    for call in (
        "compare dist build/second",
        "smoke_test.py debian",
        "--appimage-extract-and-run --self-test",
        "release_macos.py try",
        "release.py try-windows",
    ):
        assert call in scripts


def test_only_the_last_job_may_write(release: str) -> None:
    workflow = YAML(typ="safe").load(release)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        allowed = job["permissions"]
        assert (name == "publish") == (allowed != {"contents": "read"})


def test_the_tests_run_on_three_systems_with_the_oldest_and_the_newest_python() -> None:
    jobs = YAML(typ="safe").load((FOLDER / "test.yml").read_text("utf-8"))["jobs"]
    locked = re.search(
        r'^PYTHONS = \("(.+)", "(.+)"\)', TOOL.with_name("lock.py").read_text(), re.MULTILINE
    )
    assert locked is not None
    for job in jobs.values():
        assert job["strategy"]["matrix"]["python"] == list(locked.groups())
    systems = {name.partition("-")[0] for name in jobs["others"]["strategy"]["matrix"]["system"]}
    assert systems == {"windows", "macos"}
