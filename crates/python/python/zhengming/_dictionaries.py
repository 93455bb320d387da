"""Dictionaries: read, checked, compared, written."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple, Union

from . import _zhengming

PathLike = Union[str, "os.PathLike[str]"]


@dataclass(frozen=True)
class Entry:
    """An entry of a dictionary, verbatim. ``citation`` says which edition and clause."""

    dictionary: str
    citation: str
    clause: Optional[str]
    definition: Optional[str]
    notes: Tuple[str, ...]
    examples: Tuple[str, ...]
    source: Optional[str]


@dataclass(frozen=True)
class Relation:
    """A relation to another concept: ``kind`` is ``"confusable with"``, ``"superseded by"``, ``"broader"``, …"""

    kind: str
    target: str
    note: Optional[str]


@dataclass(frozen=True)
class Lookup:
    """What a dictionary says of one spelling.

    ``status`` is ``"preferred"``, ``"admitted"``, ``"deprecated"``, ``"superseded"`` or ``"variant"``; ``standing``
    says it in a sentence.
    """

    text: str
    status: str
    concept: str
    preferred: str
    dictionary: str
    standing: str
    entries: Tuple[Entry, ...]
    relations: Tuple[Relation, ...]

    @classmethod
    def _of(cls, one: Dict[str, Any], lang: str) -> Lookup:
        return cls(
            text=one["text"],
            status=one["status"],
            concept=one["concept"],
            preferred=one["preferred"],
            dictionary=one["dictionary"],
            standing=one[f"standing_{lang}"],
            entries=tuple(_entry(entry) for entry in one["entries"]),
            relations=tuple(Relation(**relation) for relation in one["relations"]),
        )


def _entry(entry: Dict[str, Any]) -> Entry:
    return Entry(**{**entry, "notes": tuple(entry["notes"]), "examples": tuple(entry["examples"])})


@dataclass(frozen=True)
class Notice:
    """A remark of a reader: what was mended or could not be read, and on which line of the source."""

    line: Optional[int]
    message: str


@dataclass(frozen=True)
class DictionaryFinding:
    """What is wrong with an entry of a dictionary."""

    rule: str
    severity: str
    dictionary: str
    file: str
    line: int
    concept: str
    term: str
    clause: Optional[str]
    message: str
    help: Optional[str]


class Dictionary:
    """A dictionary. Made by :func:`load_dictionary` and :func:`import_document`, used by :class:`zhengming.Linter`."""

    def __init__(self, native: _zhengming.Dictionary, lang: str = "zh") -> None:
        self._native = native
        self._lang = lang

    @property
    def id(self) -> str:
        """Its id, e.g. ``db33t-2350-2021``."""
        return self._native.id

    @property
    def title(self) -> str:
        """Its title."""
        return self._native.title

    @property
    def edition(self) -> Optional[str]:
        """Its edition; a house list may have none."""
        return self._native.edition

    def __len__(self) -> int:
        """The number of its concepts."""
        return len(self._native)

    def __repr__(self) -> str:
        return repr(self._native)

    @property
    def notices(self) -> List[Notice]:
        """What was noticed when it was read."""
        return [Notice(line, message) for line, message in self._native.notices(self._lang)]

    @property
    def concepts(self) -> List[Dict[str, Any]]:
        """Its concepts in the order of the source, as ``zhengming dict list --format json`` prints them."""
        [dictionary] = json.loads(self._native.concepts())["dictionaries"]
        concepts: List[Dict[str, Any]] = dictionary["concepts"]
        return concepts

    def export(self, format: str) -> bytes:
        """The dictionary as a file: ``"toml"``, ``"json"``, ``"csv"``, ``"tbx"``, ``"xlsx"``, ``"md"`` or ``"html"``."""
        return bytes(self._native.export(format))

    def check(self) -> List[DictionaryFinding]:
        """What is wrong with the dictionary itself, as ``zhengming dict check``."""
        return [DictionaryFinding(**one) for one in json.loads(self._native.check(self._lang))]

    def diff(self, newer: Dictionary) -> Dict[str, Any]:
        """What a newer edition changes, as ``zhengming dict diff --format json``."""
        difference: Dict[str, Any] = json.loads(self._native.diff(newer._native, self._lang))
        return difference


def load_dictionary(path: PathLike, lang: str = "zh") -> Dictionary:
    """The dictionary in a file (TOML, TBX, XLSX, CSV, TSV, JSON), or a built-in one (``"builtin:ID"``).

    Raises :class:`DictionaryError` with ``file`` and ``line``.
    """
    return Dictionary(_zhengming.load_dictionary(os.fspath(path), lang), lang)


def import_document(
    source: Union[PathLike, bytes],
    name: Optional[str] = None,
    *,
    layout: Optional[str] = None,
    id: Optional[str] = None,
    title: Optional[str] = None,
    lang: str = "zh",
) -> Dictionary:
    """A dictionary from an official document: a standard, a definition set, a glossary, a statute.

    ``source`` is a path, or the bytes of a file called ``name``. ``layout`` is ``"terms-clause"``,
    ``"definition-table"``, ``"glossary"`` or ``"statute"``; recognised if left out. What was mended or could not
    be read is in :attr:`Dictionary.notices`. Raises :class:`DictionaryError`.
    """
    if isinstance(source, bytes):
        content, name = source, name or "document"
    else:
        content, name = Path(source).read_bytes(), name or os.fspath(source)
    return Dictionary(_zhengming.import_document(content, name, layout, id, title, lang), lang)
