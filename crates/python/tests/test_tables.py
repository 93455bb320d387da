"""Findings as tables."""

import pytest

import zhengming

TEXT = "会议通知统一通过浙政盯发送。"


def test_columns_need_no_other_package(linter: zhengming.Linter) -> None:
    reports = linter.check_all([("a.md", TEXT), ("坏.docx", b"PK\x03\x04"), ("空.md", "")])
    table = zhengming.to_columns(reports)
    assert list(table) == [name for name, _ in zhengming.COLUMNS]
    assert table["path"] == ["a.md", "坏.docx"]
    assert table["rule"] == ["nonstandard-variant", None]
    assert table["error"][0] is None and table["error"][1]
    assert table["fix_is_safe"] == [True, None]


def test_names_of_columns_are_stable() -> None:
    names = [name for name, _ in zhengming.COLUMNS]
    assert names[:9] == [
        "path", "error", "line", "column", "severity", "rule", "family", "message", "label",
    ]  # fmt: skip


def test_arrow_has_the_same_types_with_and_without_rows(linter: zhengming.Linter) -> None:
    pytest.importorskip("pyarrow")
    full, empty = zhengming.to_arrow(linter.check(TEXT)), zhengming.to_arrow([])
    assert full.schema == empty.schema
    assert full.num_rows == 1 and full.column("start_byte").to_pylist() == [24]


def test_pandas_has_the_same_types_with_and_without_rows(linter: zhengming.Linter) -> None:
    pytest.importorskip("pandas")
    full, empty = zhengming.to_pandas(linter.check(TEXT)), zhengming.to_pandas([])
    assert list(full.dtypes) == list(empty.dtypes)
    assert full.loc[0, "preferred"] == "浙政钉" and bool(full["error"].isna().all())
