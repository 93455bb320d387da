"""正名：公文术语检查。A terminology linter for official Chinese documents.

>>> import zhengming
>>> linter = zhengming.Linter()
>>> [finding] = linter.check("会议通知统一通过浙政盯发送。")
>>> finding.rule, finding.label, finding.line, finding.column
('nonstandard-variant', '应为“浙政钉”', 1, 9)

Everything here gives the same findings as the command ``zhengming``, and nothing leaves the machine.
"""

from ._dictionaries import (
    Dictionary,
    DictionaryFinding,
    Entry,
    Lookup,
    Notice,
    Relation,
    import_document,
    load_dictionary,
)
from ._findings import Concept, Edit, Finding, Fix, Location, Note, Place, Related
from ._linter import Linter, reduce, reduce_json
from ._reports import COLUMNS, Report, Reports, to_arrow, to_columns, to_pandas
from ._zhengming import (
    ConfigurationError,
    DictionaryError,
    DocumentError,
    ZhengmingError,
    __version__,
)

__all__ = [
    "COLUMNS",
    "Concept",
    "ConfigurationError",
    "Dictionary",
    "DictionaryError",
    "DictionaryFinding",
    "DocumentError",
    "Edit",
    "Entry",
    "Finding",
    "Fix",
    "Linter",
    "Location",
    "Lookup",
    "Note",
    "Notice",
    "Place",
    "Related",
    "Relation",
    "Report",
    "Reports",
    "ZhengmingError",
    "__version__",
    "import_document",
    "load_dictionary",
    "reduce",
    "reduce_json",
    "to_arrow",
    "to_columns",
    "to_pandas",
]
