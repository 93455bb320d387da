"""The module by itself."""

import multiprocessing
import pickle
from datetime import date
from pathlib import Path

import pytest

import zhengming
from conftest import FIXTURES

TEXT = "会议通知统一通过浙政盯发送。"


def test_a_finding_says_what_is_wrong_where_and_what_is_expected(linter: zhengming.Linter) -> None:
    [finding] = linter.check(TEXT)
    assert (finding.rule, finding.severity, finding.text) == ("nonstandard-variant", "warning", "浙政盯")
    assert finding.label == "应为“浙政钉”"
    assert (finding.line, finding.column, finding.start.byte, finding.start.char) == (1, 9, 24, 8)
    assert TEXT[finding.start.char : finding.end.char] == "浙政盯"
    assert finding.concept is not None and finding.concept.clause == "3.1.3.9"
    [fix] = finding.fixes
    assert fix.applicability == "safe" and fix.edits == (zhengming.Edit(24, 33, "浙政钉"),)


def test_positions_after_an_emoji_and_carriage_returns(linter: zhengming.Linter) -> None:
    [finding] = linter.check("# 题\r\n\r\n😀通过浙政盯发送。")
    assert (finding.line, finding.column, finding.start.utf16) == (3, 4, 5)


def test_bytes_of_other_encodings_and_formats(linter: zhengming.Linter) -> None:
    encoded = TEXT.encode("gb18030")
    [finding] = linter.check(encoded, "通知.txt")
    assert encoded[finding.start.byte : finding.end.byte].decode("gb18030") == "浙政盯"
    word = FIXTURES / "office" / "plan.runs.docx"
    found = linter.check_file(word)
    assert found and all(one.location is not None and one.location.words for one in found)


def test_a_linter_takes_dictionaries_as_files_and_as_values(tmp_path: Path) -> None:
    table = tmp_path / "本单位.tsv"
    table.write_text("variant\tpreferred\n溪事快办\t溪事速办\n", encoding="utf-8")
    for source in (table, str(table), zhengming.load_dictionary(table)):
        linter = zhengming.Linter([source], builtin=False)
        assert [one.text for one in linter.check("接入溪事快办和浙政盯。")] == ["溪事快办"]


def test_arguments_are_checked_when_the_linter_is_made(tmp_path: Path) -> None:
    with pytest.raises(zhengming.ConfigurationError, match="nonstandard-variant"):
        zhengming.Linter(select=["nonstandard-varient"])
    with pytest.raises(ValueError, match="2024-05-01"):
        zhengming.Linter(as_of="5月1日")
    with pytest.raises(ValueError, match="fatal"):
        zhengming.Linter(min_severity="fatal")
    with pytest.raises(ValueError, match="fr"):
        zhengming.Linter(lang="fr")
    assert zhengming.Linter(as_of=date(2024, 5, 1)).check(TEXT)


def test_errors_carry_file_and_line(tmp_path: Path) -> None:
    config = tmp_path / "zhengming.toml"
    config.write_text('[rules]\nnear-mis-term = "info"\n', encoding="utf-8")
    with pytest.raises(zhengming.ConfigurationError) as raised:
        zhengming.Linter(config=config)
    assert (raised.value.file, raised.value.line) == (str(config), 2)
    assert "near-mis-term" in raised.value.message_en and "near-mis-term" in raised.value.message_zh
    dictionary = tmp_path / "词典.toml"
    dictionary.write_text('[dictionary]\nid = "a"\ntitle = "甲"\n[[concept]]\nterm = ""\n', encoding="utf-8")
    with pytest.raises(zhengming.DictionaryError) as broken:
        zhengming.Linter([dictionary])
    assert broken.value.file == str(dictionary) and broken.value.line
    with pytest.raises(zhengming.DocumentError) as unreadable:
        zhengming.Linter().check(b"PK\x03\x04 broken", "坏.docx")
    assert unreadable.value.file == "坏.docx"
    with pytest.raises(FileNotFoundError):
        zhengming.Linter().check_file(tmp_path / "没有.md")


def test_configuration_and_its_absence(tmp_path: Path) -> None:
    (tmp_path / "zhengming.toml").write_text('[terms]\nallow = ["浙政盯"]\n', encoding="utf-8")
    draft = tmp_path / "草稿.md"
    draft.write_text(TEXT, encoding="utf-8")
    assert len(zhengming.Linter().check_file(draft)) == 1
    assert zhengming.Linter(discover=True).check_file(draft) == []
    assert zhengming.Linter(config=tmp_path / "zhengming.toml").check(TEXT) == []


def test_many_files_keep_their_order_and_a_broken_one_is_a_report(linter: zhengming.Linter, tmp_path: Path) -> None:
    paths = []
    for number in range(20):
        path = tmp_path / f"{number:02}.md"
        path.write_text(TEXT if number % 2 else "没有问题。", encoding="utf-8")
        paths.append(path)
    paths.insert(3, tmp_path / "没有.md")
    reports = linter.check_many(paths, threads=2, summaries=True)
    assert [report.path for report in reports] == [str(path) for path in paths]
    assert [report.path for report in reports.errors] == [str(paths[3])]
    assert len(reports.findings) == 10 and len(reports.summaries) == 20
    assert reports == linter.check_many(paths, threads=1, summaries=True)


def test_other_threads_run_while_many_files_are_checked(linter: zhengming.Linter) -> None:
    import threading

    done, ticks = threading.Event(), 0
    texts = [(f"{number}.md", TEXT * 200) for number in range(40)]

    def work() -> None:
        linter.check_all(texts)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not done.is_set():
        ticks += 1
    worker.join()
    assert ticks > 1_000, "the interpreter's lock was held"


def test_findings_and_linters_travel_between_processes(linter: zhengming.Linter, tmp_path: Path) -> None:
    found = linter.check(TEXT)
    assert pickle.loads(pickle.dumps(found)) == found
    house = tmp_path / "本单位.tsv"
    house.write_text("variant\tpreferred\n溪事快办\t溪事速办\n", encoding="utf-8")
    own = zhengming.Linter([zhengming.load_dictionary(house)], lang="en")
    house.unlink()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        [finding] = pool.apply(own.check, ("接入溪事快办。",))
    assert finding.label == "expected `溪事速办`" or "溪事速办" in finding.label


def test_facts_summaries_and_what_they_contradict(linter: zhengming.Linter) -> None:
    facts = linter.facts("# 甲办法\n\n本办法所称数据桥，是指两地互通数据的通道。\n", "甲.md")
    assert [fact["term"] for fact in facts["definitions"]] == ["数据桥"]
    documents = {path.name: path.read_text(encoding="utf-8") for path in (FIXTURES / "folder").glob("*.md")}
    summaries = [linter.summarize(text, name) for name, text in documents.items()]
    reports = zhengming.reduce(summaries)
    assert "conflicting-definitions" in {finding.rule for finding in reports.findings}
    assert reports == zhengming.reduce(reversed(summaries))
    assert zhengming.reduce(summaries, select=["conflicting-definitions"]).findings
    with pytest.raises(zhengming.DocumentError, match="summaries"):
        zhengming.reduce(["no JSON"], lang="en")


def test_a_word_file_comes_back_with_comments(linter: zhengming.Linter) -> None:
    content = (FIXTURES / "office" / "plan.runs.docx").read_bytes()
    annotated = linter.annotate(content, tracked=True)
    assert annotated[:2] == b"PK" and annotated != content
    assert linter.check(annotated, "a.docx") and linter.annotate(content) == linter.annotate(linter.annotate(content))
    with pytest.raises(zhengming.DocumentError, match="docx"):
        linter.annotate(TEXT.encode(), "a.md")


def test_lookup_gives_the_definition_with_its_source(linter: zhengming.Linter) -> None:
    [variant] = linter.lookup("浙政盯")
    assert (variant.status, variant.preferred) == ("variant", "浙政钉")
    [term] = [one for one in linter.lookup("浙政钉") if one.status == "preferred"]
    assert term.entries[0].citation == "DB33/T 2350—2021，3.1.3.9"
    assert linter.lookup("没有这个词") == []
