"""What is found in a document, as plain values that compare, print and pickle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple


@dataclass(frozen=True)
class Place:
    """A place in a document.

    ``byte`` counts from 0 in the file as it is stored, ``char`` from 0 in its text in Unicode scalar values (the
    index of Python's ``str``). ``line``, ``column`` (scalar values) and ``utf16`` (column in UTF-16 code units, as
    editors count) count from 1. In a Word file, a PDF or a workbook they count in the extracted text, and
    :attr:`Finding.location` says where a person finds it.
    """

    byte: int
    char: int
    line: int
    column: int
    utf16: int


@dataclass(frozen=True)
class Concept:
    """The concept a finding is about, with where it is defined."""

    id: str
    preferred: str
    dictionary: Optional[str]
    clause: Optional[str]


@dataclass(frozen=True)
class Edit:
    """Replace the bytes ``start`` to ``end`` of the file as stored by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    """One way to mend a finding. ``applicability`` is ``"safe"``: may be applied without asking; else a proposal.

    ``edits`` are in order and do not overlap; there are none where the text cannot be edited in place.
    """

    title: str
    applicability: str
    edits: Tuple[Edit, ...]


@dataclass(frozen=True)
class Related:
    """Another place that belongs to a finding, perhaps in another document."""

    path: str
    start: Place
    end: Place
    message: str


@dataclass(frozen=True)
class Location:
    """Where a person finds a finding in a file that has no lines: in words, and as numbers from 1."""

    words: str
    part: Optional[str]
    paragraph: Optional[int]
    page: Optional[int]
    table: Optional[int]
    row: Optional[int]
    cell: Optional[int]


@dataclass(frozen=True)
class Note:
    """What the reader left out or could not read; ``missed`` says whether text of the document was not read."""

    message: str
    missed: bool


@dataclass(frozen=True)
class Finding:
    """One finding. ``str(finding)`` is the line that ``zhengming check --format concise`` prints.

    ``severity`` is ``"info"``, ``"warning"`` or ``"error"``. ``text`` is what stands there, ``label`` what is
    expected, ``help`` why, with dictionary, clause and edition. ``fingerprint`` does not change when lines move.
    """

    path: str
    rule: str
    family: str
    severity: str
    message: str
    label: str
    help: Optional[str]
    url: Optional[str]
    text: str
    start: Place
    end: Place
    concept: Optional[Concept]
    fixes: Tuple[Fix, ...]
    related: Tuple[Related, ...]
    location: Optional[Location]
    fingerprint: str

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.start.line

    @property
    def column(self) -> int:
        """The column in Unicode scalar values, from 1."""
        return self.start.column

    def __str__(self) -> str:
        where = f"{self.line}:{self.column}" if self.location is None else self.location.words
        return f"{self.path}:{where}: {self.severity}[{self.rule}] {self.message}"

    @classmethod
    def _of(cls, path: str, found: Dict[str, Any]) -> Finding:
        span, concept, location = found["span"], found["concept"], found["location"]
        return cls(
            path=path,
            rule=found["rule"],
            family=found["family"],
            severity=found["severity"],
            message=found["message"],
            label=found["label"],
            help=found["help"],
            url=found["url"],
            text=found["text"],
            start=Place(**span["start"]),
            end=Place(**span["end"]),
            concept=Concept(**concept) if concept else None,
            fixes=tuple(_fix(fix) for fix in found["fixes"]),
            related=tuple(_related(one) for one in found["related"]),
            location=_location(location) if location else None,
            fingerprint=found["fingerprint"],
        )


def _fix(fix: Dict[str, Any]) -> Fix:
    return Fix(fix["title"], fix["applicability"], tuple(Edit(**edit) for edit in fix["edits"]))


def _related(one: Dict[str, Any]) -> Related:
    span = one["span"]
    return Related(one["path"], Place(**span["start"]), Place(**span["end"]), one["message"])


def _location(place: Dict[str, Any]) -> Location:
    table = place["table"] or {}
    return Location(
        words=place["words"],
        part=place["part"],
        paragraph=place["paragraph"],
        page=place["page"],
        table=table.get("table"),
        row=table.get("row"),
        cell=table.get("column"),
    )
