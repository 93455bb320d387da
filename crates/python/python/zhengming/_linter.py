"""The linter."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple, Union

from . import _zhengming
from ._dictionaries import Dictionary, Lookup
from ._findings import Finding
from ._reports import Report, Reports

PathLike = Union[str, "os.PathLike[str]"]
Content = Union[str, bytes]

#: The name of a text at hand, which says that it is Markdown.
TEXT = "text.md"


class Linter:
    """Checks documents; made once and used from any thread.

    ``dictionaries`` come over the built-in ones, the later over the earlier: files (TOML, TBX, XLSX, CSV, JSON; a
    table with the columns ``variant`` and ``preferred``), :class:`Dictionary` objects, or ``"builtin:ID"``.
    ``builtin=False`` leaves the built-in ones out. ``config`` is a ``zhengming.toml``; with ``discover=True`` the
    nearest one above each document is used, as the command does. Without either no file is read. ``as_of``
    (``date`` or ``"2024-05-01"``) is the day the dictionaries are read for; by default the document's own date, else
    today. ``select`` and ``ignore`` name rules or families. Findings below ``min_severity`` (``"info"``,
    ``"warning"``, ``"error"``) are left out. With ``all_places`` every place is a finding of its own. ``lang`` is
    the language of messages, ``"zh"`` or ``"en"``.

    Making one takes about 10 ms, a document of 10 kB about 1 ms. A linter can be pickled, so that Spark and
    multiprocessing carry it to their workers.

    Raises :class:`ConfigurationError` or :class:`DictionaryError`, which carry ``file`` and ``line``.
    """

    def __init__(
        self,
        dictionaries: Sequence[Union[PathLike, Dictionary]] = (),
        *,
        builtin: bool = True,
        config: Optional[PathLike] = None,
        discover: bool = False,
        as_of: object = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        min_severity: Optional[str] = None,
        all_places: bool = False,
        lang: str = "zh",
    ) -> None:
        self._lang = lang
        # Dictionaries travel by what is in them, files by their names.
        self._arguments: Dict[str, Any] = {
            "dictionaries": [_source(one) for one in dictionaries],
            "builtin": builtin,
            "config": None if config is None else os.fspath(config),
            "discover": discover,
            "as_of": None if as_of is None else str(as_of),
            "select": list(select),
            "ignore": list(ignore),
            "min_severity": min_severity,
            "all_places": all_places,
            "lang": lang,
        }
        self._make()

    def _make(self) -> None:
        # Kept as long as the linter: another configuration may read the dictionaries again.
        self._folder = tempfile.TemporaryDirectory(prefix="zhengming-")
        files = [_file(one, self._folder.name) for one in self._arguments["dictionaries"]]
        self._native = _zhengming.Linter(**{**self._arguments, "dictionaries": files})

    def __getstate__(self) -> Dict[str, Any]:
        return self._arguments

    def __setstate__(self, arguments: Dict[str, Any]) -> None:
        self._arguments = arguments
        self._lang = arguments["lang"]
        self._make()

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._arguments.items() if name != "dictionaries")
        return f"Linter({', '.join(shown)})"

    def check(self, content: Content, name: str = TEXT) -> List[Finding]:
        """The findings in a document: text, or the bytes of a file of any format that is read.

        The format is recognised by content first, by the ending of ``name`` second. Raises
        :class:`DocumentError` if the document cannot be read.
        """
        return list(self.report(content, name).findings)

    def report(self, content: Content, name: str = TEXT) -> Report:
        """As :meth:`check`, with the document's format, encoding and what could not be read in it."""
        [report] = Report._all(self._native.check(_bytes(content), name))
        return report

    def check_file(self, path: PathLike) -> List[Finding]:
        """The findings in a file. Raises ``OSError`` if there is none, :class:`DocumentError` if it is unreadable."""
        return self.check(Path(path).read_bytes(), os.fspath(path))

    def check_many(
        self, paths: Iterable[PathLike], threads: Optional[int] = None, summaries: bool = False
    ) -> Reports:
        """The reports on many files, read and checked on ``threads`` threads (default: one for each processor).

        Python's lock is not held meanwhile. A file that cannot be read is a report with its ``error``. With
        ``summaries`` each report has the document's summary, for :func:`reduce`.
        """
        found = self._native.check_many([os.fspath(path) for path in paths], threads or 0, summaries)
        return _reports(found)

    def check_all(
        self, documents: Iterable[Tuple[str, Content]], threads: int = 1, summaries: bool = False
    ) -> Reports:
        """The reports on documents at hand, given as pairs of name and content.

        For workers that are given a batch: one broken document is a report with its ``error``, and no exception.
        """
        pairs = [(name, _bytes(content)) for name, content in documents]
        return _reports(self._native.check_all(pairs, threads, summaries))

    def facts(self, content: Content, name: str = TEXT) -> Dict[str, Any]:
        """What is read in a document: mentions, definitions, abbreviations, citations, candidates for terms.

        As ``zhengming facts --format json``, see docs/cli.md.
        """
        facts: Dict[str, Any] = json.loads(self._native.facts(_bytes(content), name))
        return facts

    def summarize(self, content: Content, name: str) -> str:
        """The summary of a document, a line of JSON for :func:`reduce`. ``name`` must be its path in the folder."""
        return self._native.summarize(_bytes(content), name)

    def annotate(
        self, content: bytes, name: str = "document.docx", tracked: bool = False, all: bool = False
    ) -> bytes:
        """The Word file with its findings as review comments, with ``tracked`` safe fixes as tracked changes.

        Of findings that weigh evidence the surest few have comments; with ``all`` all of them.
        """
        return bytes(self._native.annotate(content, name, tracked, all))

    def lookup(self, term: str) -> List[Lookup]:
        """What the dictionaries say of a term, a name or a variant; empty if none of them has it."""
        return [Lookup._of(one, self._lang) for one in json.loads(self._native.lookup(term))]


def reduce(
    summaries: Iterable[str],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    min_severity: Optional[str] = None,
    lang: str = "zh",
) -> Reports:
    """Compare documents by their summaries: the findings of the rules over a folder, a report for each document.

    The order of the summaries does not matter. The same as ``zhengming reduce``. Raises :class:`DocumentError` if
    a line is no summary, or is one of another version of this package.
    """
    text = reduce_json(summaries, select=select, ignore=ignore, min_severity=min_severity, lang=lang)
    return Reports(Report._all(text))


def reduce_json(
    summaries: Iterable[str],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    min_severity: Optional[str] = None,
    lang: str = "zh",
) -> str:
    """As :func:`reduce`, as the text that ``zhengming reduce --format json`` prints."""
    return _zhengming.reduce(list(summaries), list(select), list(ignore), min_severity, lang)


def _reports(found: List[Tuple[str, Optional[str]]]) -> Reports:
    return Reports(report for text, summary in found for report in Report._all(text, summary))


def _bytes(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _source(one: Union[PathLike, Dictionary]) -> Tuple[str, Optional[str]]:
    """The name of a dictionary's file, or the id of one at hand with what is in it."""
    if isinstance(one, Dictionary):
        return one.id, one.export("toml").decode()
    return os.fspath(one), None


def _file(source: Tuple[str, Optional[str]], folder: str) -> str:
    name, text = source
    if text is None:
        return name
    file = Path(folder, f"{len(os.listdir(folder))}.toml")
    file.write_text(text, encoding="utf-8")
    return str(file)
