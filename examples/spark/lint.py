"""Checks a folder or a Parquet table of documents with Spark.

    python lint.py FOLDER-OR-TABLE OUTPUT [--dict FILE] [--as-of DATE] [--partitions N]

The table has the columns `path` (string) and `bytes` (binary). Written are, below OUTPUT:

    documents/   Parquet, a row for each document: path, error, summary, findings; a broken document is a row
    findings/    Parquet, a row for each finding, with the columns of `zhengming.COLUMNS`
    folder.json  what contradicts itself between the documents, as `zhengming reduce --format json` prints it
"""

import argparse
import functools
from pathlib import Path
from typing import Any, Dict, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import zhengming

ARROW = {"string": pa.string(), "int64": pa.int64(), "bool": pa.bool_()}
FINDING = pa.struct([(name, ARROW[kind]) for name, kind in zhengming.COLUMNS])
DOCUMENT = pa.schema(
    [("path", pa.string()), ("error", pa.string()), ("summary", pa.string()), ("findings", pa.list_(FINDING))]
)
SPARK = {"string": "string", "int64": "bigint", "bool": "boolean"}
SCHEMA = "path string, error string, summary string, findings array<struct<{}>>".format(
    ", ".join(f"`{name}`: {SPARK[kind]}" for name, kind in zhengming.COLUMNS)
)


def check(linter: zhengming.Linter, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """A row for each document of the batches. The linter is made once for each task, from its arguments."""
    for batch in batches:
        documents = zip(batch.column("path").to_pylist(), batch.column("bytes").to_pylist())
        reports = linter.check_all(documents, summaries=True)
        yield pa.RecordBatch.from_pylist([row(report) for report in reports], schema=DOCUMENT)


def row(report: zhengming.Report) -> Dict[str, Any]:
    columns = zhengming.to_columns(report.findings)
    findings = [dict(zip(columns, cells)) for cells in zip(*columns.values())]
    return {"path": report.path, "error": report.error, "summary": report.summary, "findings": findings}


def documents(spark: SparkSession, source: str) -> DataFrame:
    """The documents of a Parquet table, or of a folder with their paths in it."""
    if source.endswith(".parquet") or list(Path(source).glob("*.parquet")):
        return spark.read.parquet(source).select("path", "bytes")
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(source)
    # Spark writes `file:/folder/name`, without escapes.
    root = f"file:{Path(source).resolve().as_posix()}/"
    path = F.substring("path", len(root) + 1, 32_767)
    return files.select(path.alias("path"), F.col("content").alias("bytes"))


def session(master: str) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("zhengming")
    # One batch is in memory at a time, in Arrow and in the linter.
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    for name in ("spark.driver.bindAddress", "spark.driver.host"):
        builder = builder.config(name, "127.0.0.1")
    return builder.config("spark.ui.enabled", "false").getOrCreate()


def run(spark: SparkSession, source: str, output: Path, linter: zhengming.Linter, partitions: int) -> None:
    read = documents(spark, source).repartition(partitions)
    checked = read.mapInArrow(functools.partial(check, linter), SCHEMA)
    checked.write.mode("overwrite").parquet(str(output / "documents"))

    checked = spark.read.parquet(str(output / "documents"))
    findings = checked.select(F.explode("findings").alias("finding")).select("finding.*")
    findings.write.mode("overwrite").parquet(str(output / "findings"))

    # Summaries are small, findings between documents rare: one machine compares them all.
    summaries = checked.select("summary").where("summary is not null").toLocalIterator()
    (output / "folder.json").write_text(zhengming.reduce_json(one.summary for one in summaries), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("output", type=Path)
    parser.add_argument("--dict", action="append", default=[], dest="dictionaries")
    parser.add_argument("--as-of")
    parser.add_argument("--partitions", type=int, default=8, help="a few for each core")
    parser.add_argument("--master", default="local[2]")
    options = parser.parse_args()
    linter = zhengming.Linter(options.dictionaries, as_of=options.as_of)
    options.output.mkdir(parents=True, exist_ok=True)
    run(session(options.master), options.source, options.output, linter, options.partitions)


if __name__ == "__main__":
    main()
