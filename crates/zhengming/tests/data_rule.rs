//! A rule that a file describes: its id is a text made at run time.

use zhengming::{Document, Linter, Severity};
use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink, kept};
use zhengming_text::message::Text;
use zhengming_text::span::TextRange;

/// `id: word`, as a line of such a file says it.
#[derive(Debug)]
struct Word {
    meta: &'static RuleMeta,
    word: String,
}

impl Word {
    fn read(line: &str) -> Self {
        let (id, word) = line.split_once(": ").unwrap();
        let meta = RuleMeta {
            id: kept(id),
            name: (kept("本单位规定"), kept("house rule")),
            family: "house",
            severity: Severity::Warning,
            also: None,
            default: true,
            fix: None,
            summary: (kept(word), kept(word)),
            page: ("", ""),
        };
        Self { meta: meta.kept(), word: word.to_owned() }
    }
}

impl Rule for Word {
    fn meta(&self) -> &'static RuleMeta {
        self.meta
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for (number, block) in cx.document().blocks().enumerate() {
            for (at, word) in block.text().match_indices(&self.word) {
                let range = TextRange::new(at, at + word.len());
                sink.report(Finding::new(
                    number,
                    range,
                    Text::new("本单位不用", "not used here"),
                    Text::default(),
                ));
            }
        }
    }
}

#[test]
fn a_rule_from_data_reports_and_is_silenced_by_its_id() {
    let lines = String::from("no-grasp: 抓手\nno-loop: 闭环");
    let linter =
        lines.lines().fold(Linter::builder(), |builder, line| builder.rule(Box::new(Word::read(line))));
    let linter = linter.build().unwrap();
    let found = linter.lint(&Document::markdown("找准抓手，形成闭环。"));
    let ids: Vec<&str> = found.iter().map(|one| &*one.rule).filter(|id| id.starts_with("no-")).collect();
    assert_eq!(ids, ["no-grasp", "no-loop"]);
    let silenced = "<!-- zhengming-disable-next-line no-grasp -->\n找准抓手，形成闭环。";
    let found = linter.lint(&Document::markdown(silenced));
    let ids: Vec<&str> = found.iter().map(|one| &*one.rule).filter(|id| id.starts_with("no-")).collect();
    assert_eq!(ids, ["no-loop"]);
}

#[test]
fn the_same_description_is_kept_once() {
    let one = Word::read(&String::from("no-grasp: 抓手"));
    let again = Word::read(&String::from("no-grasp: 抓手"));
    assert!(std::ptr::eq(one.meta, again.meta));
    assert!(std::ptr::eq(kept("闭环"), kept(&String::from("闭环"))));
}
