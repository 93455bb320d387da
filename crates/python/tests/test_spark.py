"""The Spark example: a folder, a table, a broken document, and the same findings between documents as on one machine."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import List

import pytest

import zhengming
from conftest import FIXTURES, REPOSITORY

pytest.importorskip("pyspark")
parquet = pytest.importorskip("pyarrow.parquet")
EXAMPLE = REPOSITORY / "examples" / "spark" / "lint.py"


def lint(source: Path, output: Path) -> None:
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    arguments = [sys.executable, str(EXAMPLE), str(source), str(output), "--as-of", "2026-01-01", "--partitions", "4"]
    result = subprocess.run(arguments, capture_output=True, text=True, env=environment)
    assert result.returncode == 0, result.stderr[-4_000:]


def folder() -> Path:
    """The folder that is linted; `ZHENGMING_CORPUS` names a larger one."""
    return Path(os.environ.get("ZHENGMING_CORPUS") or FIXTURES / "folder")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a document that is broken."""
    copied = tmp_path_factory.mktemp("文稿") / "in"
    for path in folder().rglob("*"):
        if path.is_file():
            target = copied / path.relative_to(folder())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (copied / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return copied


def names(corpus: Path) -> List[str]:
    return sorted(path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file())


def test_a_folder_gives_what_one_machine_finds(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    lint(corpus, output)
    documents = parquet.read_table(output / "documents").to_pylist()
    assert sorted(row["path"] for row in documents) == names(corpus)
    [broken] = [row for row in documents if row["path"] == "坏.docx"]
    assert broken["error"] and not broken["findings"] and broken["summary"] is None

    linter = zhengming.Linter(as_of="2026-01-01")
    start = time.process_time()
    reports = linter.check_all([(name, (corpus / name).read_bytes()) for name in names(corpus)], summaries=True)
    print(f"\n{len(reports)} documents on one thread: {time.process_time() - start:.2f} s")
    expected = zhengming.to_columns(reports.findings)
    found = parquet.read_table(output / "findings").to_pydict()
    order = ("path", "start_byte", "rule", "end_byte", "message")
    assert list(found) == list(expected)
    assert rows(found, order) == rows(expected, order)
    assert (output / "folder.json").read_bytes() == zhengming.reduce_json(reports.summaries).encode()


def test_a_table_of_bytes_gives_the_same(corpus: Path, tmp_path: Path) -> None:
    import pyarrow

    table = tmp_path / "documents.parquet"
    paths = names(corpus)
    contents = [(corpus / name).read_bytes() for name in paths]
    parquet.write_table(pyarrow.table({"path": paths, "bytes": contents}), table)
    lint(table, tmp_path / "out")
    linter = zhengming.Linter(as_of="2026-01-01")
    reports = linter.check_all(zip(paths, contents), summaries=True)
    assert (tmp_path / "out" / "folder.json").read_bytes() == zhengming.reduce_json(reports.summaries).encode()


def rows(table: "dict[str, list[object]]", order: "tuple[str, ...]") -> "list[tuple[object, ...]]":
    return sorted(zip(*table.values()), key=lambda row: tuple(str(dict(zip(table, row))[name]) for name in order))
