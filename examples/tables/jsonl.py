"""Checks JSON lines (`{"path": …, "text": …}`) with DuckDB: python jsonl.py DOCUMENTS.jsonl FINDINGS.parquet"""

import sys

import duckdb
import pyarrow.parquet as pq

import zhengming

source, target = sys.argv[1:]
linter, summaries, writer = zhengming.Linter(), [], None
documents = duckdb.sql(f"select path, text from read_json('{source}')").to_arrow_reader(1_000)
for batch in documents:
    pairs = zip(batch.column("path").to_pylist(), batch.column("text").to_pylist())
    reports = linter.check_all(pairs, threads=0, summaries=True)  # 0: one thread for each processor
    summaries += reports.summaries
    table = reports.to_arrow()
    writer = writer or pq.ParquetWriter(target, table.schema)
    writer.write_table(table)
if writer:
    writer.write_table(zhengming.reduce(summaries).to_arrow())  # what contradicts itself between documents
    writer.close()
    duckdb.sql(f"select rule, severity, count(*) findings from '{target}' group by all order by 3 desc").show()
