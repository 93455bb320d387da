"""The module finds what the command finds, and the command is the whole program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List

import zhengming
from conftest import FIXTURES


def run(command: str, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return subprocess.run([command, *arguments], capture_output=True, env=environment, **options)


def documents() -> List[Path]:
    return sorted(path for path in FIXTURES.rglob("*") if path.is_file() and "dictionaries" not in path.parts)


def by_path(report: Dict[str, Any]) -> Dict[str, Any]:
    return {file["path"]: file for file in report["files"]}


def test_module_and_command_agree_on_all_fixtures(linter: zhengming.Linter, command: str, tmp_path: Path) -> None:
    paths = [str(path) for path in documents()]
    assert len(paths) > 30
    listed = tmp_path / "paths.txt"
    listed.write_text("\n".join(paths), encoding="utf-8")
    # One file at a time is what the module checks; rules over the folder are compared below.
    reports = {report.path: report for report in linter.check_many(paths, summaries=True)}
    found: Dict[str, Any] = {}
    for path in paths:
        result = run(command, "check", path, "--isolated", "--no-cache", "--as-of", "2026-01-01", "--format", "json")
        assert result.returncode in (0, 1, 2), result.stderr.decode()
        found.update(by_path(json.loads(result.stdout)))
    assert set(found) == set(paths)
    differing = []
    for path, file in found.items():
        [expected] = zhengming.Report._all(json.dumps({"files": [file], "summary": {"suppressed": 0}}))
        report = reports[path]
        same = (expected.findings, expected.error, expected.notes, expected.format, expected.encoding) == (
            report.findings, report.error, report.notes, report.format, report.encoding,
        )  # fmt: skip
        if not same:
            differing.append(path)
    assert differing == []
    assert sum(len(report.findings) for report in reports.values()) > 100


def test_summaries_and_folder_findings_agree(linter: zhengming.Linter, command: str) -> None:
    paths = [str(path) for path in (FIXTURES / "drafts").rglob("*.md")]
    summaries = linter.check_many(paths, summaries=True).summaries
    line = run(command, "summarize", *paths, "--isolated", "--as-of", "2026-01-01", "-q")
    assert sorted(line.stdout.decode().splitlines()) == sorted(summaries)
    reduced = run(command, "reduce", "-", "--format", "json", input=line.stdout)
    assert reduced.stdout.decode() == zhengming.reduce_json(summaries)


def test_facts_agree(linter: zhengming.Linter, command: str) -> None:
    path = FIXTURES / "drafts" / "plan.md"
    result = run(command, "facts", str(path), "--isolated", "--format", "json")
    assert json.loads(result.stdout) == linter.facts(path.read_bytes(), str(path))


def test_the_command_has_its_exit_statuses(command: str, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.md"
    draft.write_text("会议通知统一通过浙政盯发送。", encoding="utf-8")
    found = run(command, "check", str(draft), "--no-cache")
    assert (found.returncode, "浙政钉" in found.stdout.decode()) == (1, True)
    assert run(command, "check", str(tmp_path / "没有.md")).returncode == 2
    assert run(command, "--version").stdout.decode().split()[1] == zhengming.__version__
    module = subprocess.run([sys.executable, "-m", "zhengming", "rules"], capture_output=True)
    assert module.returncode == 0 and b"nonstandard-variant" in module.stdout
