//! The tools: their names, what is said of them, and who answers.

mod check;
mod standards;
mod terms;

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool as Described, ToolAnnotations};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zhengming::{Lang, Text};

use crate::{Desk, limits};

/// What stands between the two halves of a text.
const BETWEEN: &str = " || ";

/// A tool.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// `中文 || English`
    title: &'static str,
    about: &'static str,
    takes: fn() -> Value,
    gives: fn() -> Value,
    pub(crate) answer: fn(&Desk, Value) -> Result<Value, Text>,
    /// Whether it reads files, which needs a folder to read in.
    reads_files: bool,
}

static TOOLS: [Tool; 6] = [
    Tool {
        name: "check_text",
        title: "检查文字 || Check a text",
        about: "检查一段公文文字：不规范用语、疑似笔误、没有解释的说法、过期版次和定义等。写完或改完一段就查。 || Checks the text of an official Chinese document: nonstandard terms, likely slips, unexplained expressions, outdated editions and definitions. Use it after writing or editing.",
        takes: schema::<check::Text>,
        gives: schema::<check::Checked>,
        answer: |desk, arguments| answered(desk, arguments, check::text),
        reads_files: false,
    },
    Tool {
        name: "check_file",
        title: "检查文件 || Check a file",
        about: "检查文件夹里的一份文稿（Word、Excel、PDF、OFD、Markdown、网页、文本），只读。 || Checks a document in the folders that are open to this server (Word, Excel, PDF, OFD, Markdown, HTML, text). Reads only.",
        takes: schema::<check::File>,
        gives: schema::<check::Checked>,
        answer: |desk, arguments| answered(desk, arguments, check::file),
        reads_files: true,
    },
    Tool {
        name: "suggest_fixes",
        title: "给出修改稿 || Propose a mended text",
        about: "返回改好有把握之处的文字，以及其余需要人定夺的建议；不写文件。 || Returns the text with everything mended that is sure, and proposals for the rest, which a person has to decide. Writes no file.",
        takes: schema::<check::Text>,
        gives: schema::<check::Mended>,
        answer: |desk, arguments| answered(desk, arguments, check::mended),
        reads_files: false,
    },
    Tool {
        name: "lookup_term",
        title: "查用语 || Look up a term",
        about: "一个词是不是规范用语，规范的写法是什么，在哪部词典；没有收录的，给出相近的。写之前先查。 || Whether a word is an official term, how it is properly written and which dictionary says so; near ones where it is not known. Use it before writing a term.",
        takes: schema::<terms::Word>,
        gives: schema::<terms::Known>,
        answer: |desk, arguments| answered(desk, arguments, terms::lookup),
        reads_files: false,
    },
    Tool {
        name: "define",
        title: "查定义 || Find a definition",
        about: "一个术语的官方定义，逐字，附标准、版次、条号，可以直接引用。没有定义时不要自己编。 || The official definition of a term, verbatim, with standard, edition and clause, ready to quote. Where there is none, do not make one up.",
        takes: schema::<terms::Word>,
        gives: schema::<terms::Defined>,
        answer: |desk, arguments| answered(desk, arguments, terms::define),
        reads_files: false,
    },
    Tool {
        name: "cite_standard",
        title: "核对标准的版次 || Check a citation of a standard",
        about: "一项标准的各个版次、某一天的状态、代替它的版次，以及已收录的条款内容。引用标准之前先查；没有收录不等于没有这项标准。 || The editions of a standard, how they stand on a day, what replaces them, and what a clause says where that is known. Use it before citing; not known here does not mean that there is no such standard.",
        takes: schema::<standards::Cited>,
        gives: schema::<standards::Found>,
        answer: |desk, arguments| answered(desk, arguments, standards::cite),
        reads_files: false,
    },
];

/// The tools that `desk` can offer.
pub(crate) fn of(desk: &Desk) -> impl Iterator<Item = &'static Tool> {
    let has_folders = !desk.roots().is_empty();
    TOOLS.iter().filter(move |tool| has_folders || !tool.reads_files)
}

/// What an assistant is told of the server as a whole.
pub(crate) fn instructions(desk: &Desk) -> String {
    let mut text = Text::new(
        "正名：对照官方术语词典和标准登记表检查中文公文。写术语前用 lookup_term，引用定义用 define（逐字引用，注明出处），引用标准用 cite_standard，写完用 check_text。工具没有给出的定义、条号和版次不要编造。",
        "正名 checks official Chinese documents against official dictionaries and a register of standards. Use lookup_term before writing a term, define to quote a definition (verbatim, with its source), cite_standard before citing a standard, check_text afterwards. Do not make up definitions, clauses or editions that the tools do not give.",
    );
    let roots: Vec<String> = desk.roots().iter().map(|root| root.display().to_string()).collect();
    if !roots.is_empty() {
        text.zh += &format!("check_file 可以读的文件夹：{}。", roots.join("、"));
        text.en += &format!(" Folders that check_file may read: {}.", roots.join(", "));
    }
    text.get(desk.lang).to_owned()
}

impl Tool {
    /// The tool as the protocol describes it.
    pub(crate) fn described(&self, lang: Lang) -> Described {
        let reads_only = ToolAnnotations::new().read_only(true).open_world(false).idempotent(true);
        Described::new(self.name, half(self.about, lang).to_owned(), object((self.takes)(), lang))
            .with_title(half(self.title, lang))
            .with_raw_output_schema(object((self.gives)(), lang))
            .with_annotations(reads_only)
    }
}

fn half(text: &str, lang: Lang) -> &str {
    match text.split_once(BETWEEN) {
        Some((zh, en)) => if lang == Lang::Zh { zh } else { en }.trim(),
        None => text,
    }
}

/// The schema of a type, everything in its place: some clients know no references.
fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// A schema as the protocol wants it, with its texts in one language.
fn object(mut schema: Value, lang: Lang) -> Arc<JsonObject> {
    describe(&mut schema, lang);
    match schema {
        Value::Object(object) => Arc::new(object),
        _ => Arc::default(),
    }
}

fn describe(schema: &mut Value, lang: Lang) {
    match schema {
        Value::Object(table) => {
            table.remove("$schema");
            for (key, value) in table.iter_mut() {
                match value {
                    Value::String(text) if key == "description" => *text = half(text, lang).to_owned(),
                    value => describe(value, lang),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| describe(item, lang)),
        _ => {}
    }
}

/// Reads the arguments, asks, and writes the answer.
fn answered<A: DeserializeOwned, R: Serialize>(
    desk: &Desk,
    arguments: Value,
    ask: impl Fn(&Desk, A) -> Result<R, Text>,
) -> Result<Value, Text> {
    let arguments = serde_json::from_value(arguments).map_err(|error| {
        Text::new(format!("参数不对：{error}"), format!("the arguments are not as described: {error}"))
    })?;
    let answer = ask(desk, arguments)?;
    serde_json::to_value(answer).map_err(|error| Text::new(error.to_string(), error.to_string()))
}

/// A word to look up, without white space around it.
fn word(text: &str) -> Result<&str, Text> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Text::new("要查的词是空的", "there is nothing to look up"));
    }
    if text.chars().count() > limits::WORD {
        let most = limits::WORD;
        return Err(Text::new(
            format!("要查的词超过 {most} 字"),
            format!("more than {most} characters to look up"),
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
