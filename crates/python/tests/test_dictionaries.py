"""Dictionaries."""

from pathlib import Path

import pytest

import zhengming

CLAUSE = "第三条　本办法所称一表通，是指基层减负报表系统；所称数据桥，是指两地互通数据的通道。\n"


def test_an_official_document_becomes_a_dictionary(tmp_path: Path) -> None:
    text = "# 甲市数据办法\n\n第一条　为规范数据，制定本办法。\n\n" + CLAUSE
    imported = zhengming.import_document(text.encode(), "甲市数据办法.md", layout="statute", id="jia")
    assert imported.id == "jia" and len(imported) == len(imported.concepts) >= 1
    again = tmp_path / "jia.toml"
    again.write_bytes(imported.export("toml"))
    assert zhengming.load_dictionary(again).concepts == imported.concepts


def test_a_dictionary_is_written_in_every_format() -> None:
    dictionary = zhengming.load_dictionary("builtin:db33t-2350-2021")
    assert len(dictionary) == 59
    for form in ("toml", "json", "csv", "tbx", "xlsx", "md", "html"):
        assert len(dictionary.export(form)) > 10_000
    with pytest.raises(ValueError, match="docx"):
        dictionary.export("docx")


def test_a_dictionary_is_checked_and_compared(tmp_path: Path) -> None:
    old, new = tmp_path / "旧.toml", tmp_path / "新.toml"
    head = '[dictionary]\nid = "{}"\ntitle = "甲"\n'
    body = '[[concept]]\nterm = "数据桥"\ndefinition = "{}"\n'
    old.write_text(head.format("old") + body.format("两地互通数据的通道。"), encoding="utf-8")
    new.write_text(head.format("new") + body.format("数据桥是数据桥。"), encoding="utf-8")
    before, after = zhengming.load_dictionary(old), zhengming.load_dictionary(new)
    assert before.check() == [] or all(one.severity == "info" for one in before.check())
    assert any(one.term == "数据桥" for one in after.check())
    assert "数据桥" in str(before.diff(after))


def test_errors_name_the_file() -> None:
    with pytest.raises(zhengming.DictionaryError) as raised:
        zhengming.import_document(b"\x00\x01\x02", "a.bin")
    assert raised.value.file == "a.bin"
    with pytest.raises(ValueError, match="terms-clause"):
        zhengming.import_document(b"", "a.md", layout="table")
    with pytest.raises(zhengming.ZhengmingError):
        zhengming.load_dictionary("builtin:none-such")
