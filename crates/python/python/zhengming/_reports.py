"""Reports on documents, and their findings as tables with stable English columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Optional, Tuple, Union

from ._findings import Finding, Note

if TYPE_CHECKING:
    import pandas
    import pyarrow

#: The columns of :func:`to_columns`, :func:`to_arrow` and :func:`to_pandas`, with their Arrow types. Names and
#: meaning are stable; new columns are added at the end. Lines and columns count from 1, bytes and characters from 0.
COLUMNS: Tuple[Tuple[str, str], ...] = (
    ("path", "string"),
    ("error", "string"),
    ("line", "int64"),
    ("column", "int64"),
    ("severity", "string"),
    ("rule", "string"),
    ("family", "string"),
    ("message", "string"),
    ("label", "string"),
    ("help", "string"),
    ("text", "string"),
    ("place", "string"),
    ("page", "int64"),
    ("paragraph", "int64"),
    ("start_byte", "int64"),
    ("end_byte", "int64"),
    ("start_char", "int64"),
    ("end_char", "int64"),
    ("utf16", "int64"),
    ("concept", "string"),
    ("preferred", "string"),
    ("dictionary", "string"),
    ("clause", "string"),
    ("fix", "string"),
    ("fix_is_safe", "bool"),
    ("fingerprint", "string"),
    ("url", "string"),
)


@dataclass(frozen=True)
class Report:
    """What was found in one document, or why it could not be read (``error``; there are no findings then).

    ``suppressed`` counts findings that comments in the document suppress. ``summary`` is the document's line for
    :func:`zhengming.reduce`, where it was asked for.
    """

    path: str
    format: Optional[str]
    encoding: Optional[str]
    error: Optional[str]
    notes: Tuple[Note, ...]
    findings: Tuple[Finding, ...]
    suppressed: int
    summary: Optional[str] = None

    def to_arrow(self) -> pyarrow.Table:
        """The findings as :func:`to_arrow` gives them."""
        return to_arrow([self])

    def to_pandas(self) -> pandas.DataFrame:
        """The findings as :func:`to_pandas` gives them."""
        return to_pandas([self])

    @classmethod
    def _all(cls, text: str, summary: Optional[str] = None) -> List[Report]:
        document = json.loads(text)
        suppressed = document["summary"]["suppressed"]
        return [cls._of(file, suppressed, summary) for file in document["files"]]

    @classmethod
    def _of(cls, file: Dict[str, Any], suppressed: int, summary: Optional[str]) -> Report:
        path = file["path"]
        return cls(
            path=path,
            format=file["format"],
            encoding=file["encoding"],
            error=file["error"],
            notes=tuple(Note(**note) for note in file["notes"]),
            findings=tuple(Finding._of(path, found) for found in file["diagnostics"]),
            suppressed=suppressed,
            summary=summary,
        )


class Reports(List[Report]):
    """The reports on many documents, in the order in which these were given."""

    @property
    def findings(self) -> List[Finding]:
        """All findings."""
        return [finding for report in self for finding in report.findings]

    @property
    def errors(self) -> List[Report]:
        """The reports on documents that could not be read."""
        return [report for report in self if report.error is not None]

    @property
    def summaries(self) -> List[str]:
        """The summaries of the documents that could be read, for :func:`zhengming.reduce`."""
        return [report.summary for report in self if report.summary is not None]

    def to_arrow(self) -> pyarrow.Table:
        """The findings as :func:`to_arrow` gives them."""
        return to_arrow(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The findings as :func:`to_pandas` gives them."""
        return to_pandas(self)


Rows = Iterable[Union[Finding, Report]]


def to_columns(rows: Rows) -> Dict[str, List[Any]]:
    """Findings as lists by column name (:data:`COLUMNS`), without any other package.

    A report stands for its findings; one on a document that could not be read is a row with ``error`` alone.
    """
    table: Dict[str, List[Any]] = {name: [] for name, _ in COLUMNS}
    for row in rows:
        if isinstance(row, Finding):
            _add(table, _cells(row))
            continue
        if row.error is not None:
            _add(table, {"path": row.path, "error": row.error})
        for finding in row.findings:
            _add(table, _cells(finding))
    return table


def to_arrow(rows: Rows) -> pyarrow.Table:
    """Findings as an Arrow table with the columns :data:`COLUMNS`. Needs pyarrow (``zhengming[arrow]``)."""
    import pyarrow

    types = {"string": pyarrow.string(), "int64": pyarrow.int64(), "bool": pyarrow.bool_()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS])
    return pyarrow.table(to_columns(rows), schema=schema)


def to_pandas(rows: Rows) -> pandas.DataFrame:
    """Findings as a data frame with the columns :data:`COLUMNS`. Needs pandas (``zhengming[pandas]``)."""
    import pandas

    types = {"string": "string", "int64": "Int64", "bool": "boolean"}
    return pandas.DataFrame(to_columns(rows)).astype({name: types[kind] for name, kind in COLUMNS})


def _add(table: Dict[str, List[Any]], cells: Dict[str, Any]) -> None:
    for name, column in table.items():
        column.append(cells.get(name))


def _cells(finding: Finding) -> Dict[str, Any]:
    location, concept = finding.location, finding.concept
    fix = finding.fixes[0] if finding.fixes else None
    return {
        "path": finding.path,
        "line": finding.start.line,
        "column": finding.start.column,
        "severity": finding.severity,
        "rule": finding.rule,
        "family": finding.family,
        "message": finding.message,
        "label": finding.label,
        "help": finding.help,
        "text": finding.text,
        "place": location.words if location else None,
        "page": location.page if location else None,
        "paragraph": location.paragraph if location else None,
        "start_byte": finding.start.byte,
        "end_byte": finding.end.byte,
        "start_char": finding.start.char,
        "end_char": finding.end.char,
        "utf16": finding.start.utf16,
        "concept": concept.id if concept else None,
        "preferred": concept.preferred if concept else None,
        "dictionary": concept.dictionary if concept else None,
        "clause": concept.clause if concept else None,
        "fix": fix.title if fix else None,
        "fix_is_safe": fix.applicability == "safe" if fix else None,
        "fingerprint": finding.fingerprint,
        "url": finding.url,
    }
