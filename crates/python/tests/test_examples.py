"""The examples with DuckDB and pandas give the same findings."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import zhengming
from conftest import FIXTURES, REPOSITORY

EXAMPLES = REPOSITORY / "examples" / "tables"


@pytest.fixture()
def lines(tmp_path: Path) -> Path:
    target = tmp_path / "documents.jsonl"
    with target.open("w", encoding="utf-8") as out:
        for path in sorted((FIXTURES / "folder").glob("*.md")):
            out.write(json.dumps({"path": path.name, "text": path.read_text(encoding="utf-8")}) + "\n")
    return target


def expected(lines: Path) -> "list[tuple[str, str]]":
    documents = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    reports = zhengming.Linter().check_all([(one["path"], one["text"]) for one in documents], summaries=True)
    found = reports.findings + zhengming.reduce(reports.summaries).findings
    assert len(found) > 5
    return sorted((one.path, one.message) for one in found)


def run(example: str, lines: Path, target: Path) -> None:
    subprocess.run([sys.executable, str(EXAMPLES / example), str(lines), str(target)], check=True, capture_output=True)


def test_duckdb_over_json_lines(lines: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    parquet = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "findings.parquet"
    run("jsonl.py", lines, target)
    rows = parquet.read_table(target).to_pylist()
    assert sorted((row["path"], row["message"]) for row in rows) == expected(lines)


def test_pandas_over_json_lines(lines: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    target = tmp_path / "findings.csv"
    run("frame.py", lines, target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = [(row["path"], row["message"]) for row in csv.DictReader(file)]
    assert sorted(rows) == expected(lines)
