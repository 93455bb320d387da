"""The same with pandas: python frame.py DOCUMENTS.jsonl FINDINGS.csv"""

import sys

import pandas

import zhengming

source, target = sys.argv[1:]
linter, frames, summaries = zhengming.Linter(), [], []
for chunk in pandas.read_json(source, lines=True, chunksize=1_000):
    reports = linter.check_all(zip(chunk["path"], chunk["text"]), threads=0, summaries=True)
    frames.append(reports.to_pandas())
    summaries += reports.summaries
findings = pandas.concat([*frames, zhengming.reduce(summaries).to_pandas()])
findings.to_csv(target, index=False)
print(findings.groupby(["rule", "severity"]).size())
