//! How a definition begins: 是…, 指…, X是指…, X，是指….

use zhengming_terms::dictionary::Concept;
use zhengming_text::fold;
use zhengming_text::zh::mark;

/// The words before what a definition says, where it repeats the term or begins with a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lead<'t> {
    /// The term that the text says it defines; nothing if it begins with the verb.
    pub(super) definiendum: Option<&'t str>,
    /// 是指, 是, 指, 即 or the like.
    pub(super) verb: &'static str,
    /// What the definition says.
    pub(super) body: &'t str,
}

/// The longer first.
const VERBS: [&str; 7] = ["是指", "系指", "特指", "泛指", "是", "指", "即"];

/// Characters beside 指, 是 and 即 that make them part of another word: 指标, 手指, 于是, 立即.
const AFTER_ZHI: &str = "标导挥南引示数定出向派纹针令环认责明";
const BEFORE_ZHI: &str = "手食戒拇所意";
const AFTER_SHI: &str = "否非";
const BEFORE_SHI: &str = "总于还但而就也都不可凡像若只又便正乃或要如";
const AFTER_JI: &str = "时将使便可刻";
const BEFORE_JI: &str = "立随当亦";

/// Longest definiendum that is believed, in characters.
const LONGEST: usize = 30;

impl<'t> Lead<'t> {
    /// The lead of the concept's definition, if it has one.
    pub(super) fn of(concept: &'t Concept) -> Option<Self> {
        let definition = concept.definition.as_deref()?.trim();
        if let Some(verb) = verb_at(definition, 0) {
            return Some(Self { definiendum: None, verb, body: rest(&definition[verb.len()..]) });
        }
        let head = Head::of(definition)?;
        let lead = Self {
            definiendum: Some(named(&definition[..head.end])),
            verb: head.verb,
            body: rest(&definition[head.verb_start + head.verb.len()..]),
        };
        (lead.names(concept) || lead.is_believed(&head, concept)).then_some(lead)
    }

    /// Whether the definiendum is a name of the concept, apart from shape and quotation marks.
    pub(super) fn names(&self, concept: &Concept) -> bool {
        self.is_one_of(concept, fold::key)
    }

    /// Whether the definiendum is written as a name of the concept, letter by letter.
    pub(super) fn names_exactly(&self, concept: &Concept) -> bool {
        self.is_one_of(concept, |name| name.split_whitespace().collect())
    }

    fn is_one_of(&self, concept: &Concept, written: fn(&str) -> String) -> bool {
        let Some(definiendum) = self.definiendum else { return true };
        let definiendum = written(definiendum);
        let designations = concept.designations.iter().map(|name| name.text.as_str());
        let mut names = designations.chain(concept.heading.as_deref());
        names.any(|name| written(name) == definiendum)
    }

    /// Whether another name than the concept's own is a definiendum and not just how the text begins:
    /// 各级党政机关是指 may be, 以云计算为支撑的平台是 is not.
    fn is_believed(&self, head: &Head, concept: &Concept) -> bool {
        let name = self.definiendum.unwrap_or_default();
        if name.contains('的') || name.chars().count() > LONGEST {
            return false;
        }
        let term = fold::key(concept.preferred());
        let key = fold::key(name);
        let shared = key.chars().filter(|&c| term.contains(c)).count();
        let alike = shared * 2 >= key.chars().count() && shared * 2 >= term.chars().count();
        match self.verb {
            "是指" | "系指" | "特指" | "泛指" => alike || !head.comma,
            _ => alike && !head.comma,
        }
    }
}

/// Where the first verb of a definition stands, if only a name can be before it.
struct Head {
    /// Where the name ends.
    end: usize,
    verb_start: usize,
    verb: &'static str,
    /// Whether a comma stands between them.
    comma: bool,
}

impl Head {
    fn of(definition: &str) -> Option<Self> {
        let mut depth = 0_i32;
        let mut comma = None;
        for (count, (at, c)) in definition.char_indices().enumerate() {
            match c {
                c if mark::opens(c) => depth += 1,
                c if mark::closes(c) => depth -= 1,
                _ => {}
            }
            if depth > 0 {
                continue;
            }
            if comma.is_none()
                && let Some(verb) = verb_at(definition, at)
            {
                return Some(Self { end: at, verb_start: at, verb, comma: false });
            }
            if let Some(end) = comma {
                // X，是指: only a verb may follow the comma at once.
                let verb = verb_at(definition, at)?;
                return Some(Self { end, verb_start: at, verb, comma: true });
            }
            match c {
                c if mark::COMMAS.contains(&c) => comma = Some(at),
                c if mark::PART_ENDS.contains(&c) => return None,
                _ if count > LONGEST + 10 => return None,
                _ => {}
            }
        }
        None
    }
}

/// The verb of a definition that `text` has at `at`.
fn verb_at(text: &str, at: usize) -> Option<&'static str> {
    let verb = VERBS.into_iter().find(|verb| text[at..].starts_with(verb))?;
    let before = text[..at].chars().next_back();
    let next = text[at + verb.len()..].chars().next();
    let near = |set: &str, c: Option<char>| c.is_some_and(|c| set.contains(c));
    let other_word = match verb {
        "指" => near(BEFORE_ZHI, before) || near(AFTER_ZHI, next),
        "是" => near(BEFORE_SHI, before) || near(AFTER_SHI, next),
        "即" => near(BEFORE_JI, before) || near(AFTER_JI, next),
        _ => near(BEFORE_SHI, before),
    };
    (!other_word).then_some(verb)
}

/// A definiendum without 本条例所称 and the like.
fn named(text: &str) -> &str {
    let text = text.trim();
    let said = ["所称的", "所称", "所指的"].into_iter().find_map(|word| text.split_once(word));
    said.map_or(text, |(_, name)| name.trim())
}

/// What follows the verb, without punctuation in between.
fn rest(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || "，,：:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_terms::dictionary::Designation;

    fn concept(term: &str, definition: &str) -> Concept {
        Concept {
            designations: vec![Designation::preferred(term)],
            definition: Some(definition.to_owned()),
            ..Concept::default()
        }
    }

    #[test]
    fn the_term_that_a_definition_names_is_found() {
        for (term, definition, definiendum) in [
            ("数字社会", "数字社会是指为了满足需求的形态。", Some("数字社会")),
            ("数字乡村", "数字乡村指按照总体要求建成的空间。", Some("数字乡村")),
            ("公共数据", "本条例所称公共数据，是指国家机关获取的数据。", Some("公共数据")),
            ("教育“一张图”", "“教育一张图”是基于省域空间的应用。", Some("“教育一张图”")),
            (
                "浙里民生“关键小事智能速办”",
                "浙里民生“关键小事”是指围绕家庭的事项。",
                Some("浙里民生“关键小事”"),
            ),
            ("数字化改革门户", "是数字化改革成果的集中展示入口。", None),
        ] {
            let concept = concept(term, definition);
            assert_eq!(Lead::of(&concept).expect(definition).definiendum, definiendum, "{definition}");
        }
    }

    #[test]
    fn what_only_contains_the_verbs_has_no_lead() {
        for (term, definition) in [
            ("城市大脑", "以数据为基础的数字系统，是现代城市重要基础设施。"),
            ("平台", "一种计算机软件系统，可以是若干软件系统的组合。"),
            ("核心业务", "工作事项，包括主要指标、工作、政策及评价体系。"),
            ("重大任务", "综合应用中的一个重要功能模块的简称，是指重点工作事项。"),
            ("指标体系", "指标的集合。"),
            ("管理驾驶舱", "形象标示业务运行关键指标的系统。"),
        ] {
            let concept = concept(term, definition);
            assert_eq!(Lead::of(&concept), None, "{definition}");
        }
    }
}
