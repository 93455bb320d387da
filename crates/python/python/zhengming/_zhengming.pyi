"""The native half. Programs use the package ``zhengming``."""

from typing import List, Optional, Sequence, Tuple

__version__: str

class ZhengmingError(Exception):
    """What all exceptions of this package are."""

    file: Optional[str]
    """The file at fault."""
    line: Optional[int]
    """The line in it, from 1."""
    message_zh: str
    """What is wrong, quoting the value, in Chinese."""
    message_en: str
    """The same in English."""

class ConfigurationError(ZhengmingError):
    """A configuration file or an argument cannot mean what it says."""

class DictionaryError(ZhengmingError):
    """A dictionary cannot be read, or contradicts itself or another one."""

class DocumentError(ZhengmingError):
    """A document cannot be read."""

class Linter:
    def __new__(
        cls,
        dictionaries: Sequence[str],
        builtin: bool,
        config: Optional[str],
        discover: bool,
        as_of: Optional[str],
        select: Sequence[str],
        ignore: Sequence[str],
        min_severity: Optional[str],
        all_places: bool,
        lang: str,
    ) -> Linter: ...
    def check(self, bytes: bytes, name: str) -> str: ...
    def check_many(
        self, paths: Sequence[str], threads: int, summaries: bool
    ) -> List[Tuple[str, Optional[str]]]: ...
    def check_all(
        self, documents: Sequence[Tuple[str, bytes]], threads: int, summaries: bool
    ) -> List[Tuple[str, Optional[str]]]: ...
    def facts(self, bytes: bytes, name: str) -> str: ...
    def summarize(self, bytes: bytes, name: str) -> str: ...
    def annotate(self, bytes: bytes, name: str, tracked: bool, all: bool) -> bytes: ...
    def lookup(self, term: str) -> str: ...

class Dictionary:
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def edition(self) -> Optional[str]: ...
    def __len__(self) -> int: ...
    def notices(self, lang: str) -> List[Tuple[Optional[int], str]]: ...
    def export(self, format: str) -> bytes: ...
    def concepts(self) -> str: ...
    def check(self, lang: str) -> str: ...
    def diff(self, newer: Dictionary, lang: str) -> str: ...

def command(arguments: Sequence[str]) -> int: ...
def load_dictionary(path: str, lang: str) -> Dictionary: ...
def import_document(
    bytes: bytes,
    name: str,
    layout: Optional[str],
    id: Optional[str],
    title: Optional[str],
    lang: str,
) -> Dictionary: ...
def reduce(
    summaries: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    min_severity: Optional[str],
    lang: str,
) -> str: ...
