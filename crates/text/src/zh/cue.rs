//! Cues: the words with which a text defines, abbreviates, renames and lists.

mod names;

use crate::fold;

pub use names::{CLASSES, GOVERNING, LEADS, OPENERS};

/// What leads from a term to its meaning, the longest first.
pub const MEANS: [&str; 16] = [
    "主要是指",
    "就是指",
    "指的是",
    "是指",
    "系指",
    "乃指",
    "均指",
    "泛指",
    "特指",
    "专指",
    "统指",
    "意指",
    "意为",
    "意即",
    "是为",
    "指",
];
/// What leads from a term to its meaning where nothing else can be meant.
pub const MEANS_CERTAINLY: [&str; 13] = [
    "主要是指",
    "就是指",
    "指的是",
    "是指",
    "系指",
    "乃指",
    "泛指",
    "特指",
    "专指",
    "意指",
    "意为",
    "意即",
    "也就是",
];
/// What declares a short form, the longest first.
pub const SHORT_FORMS: [&str; 16] = [
    "以下统一简称",
    "以下分别简称",
    "以下简称",
    "以下统称",
    "以下合称",
    "以下并称",
    "以下通称",
    "以下称",
    "下简称",
    "下统称",
    "下称",
    "简称",
    "统称",
    "合称",
    "通称",
    "又称",
];
/// What gives another name that is used beside the first.
pub const OTHER_NAMES: [&str; 12] =
    ["又称为", "又称", "也称为", "也称", "亦称", "别称", "俗称", "又名", "也叫", "又叫", "别名", "即"];
/// What leads from an expression to the list of its parts, the longest first.
pub const LISTS: [&str; 14] = [
    "主要包括",
    "具体包括",
    "一般包括",
    "包括但不限于",
    "分别包括",
    "分别是",
    "分别为",
    "分别指",
    "具体是",
    "具体为",
    "包括",
    "包含",
    "分为",
    "涵盖",
];
/// What leads from a whole to what it is made of.
pub const COMPOSED: [&str; 6] = ["构成", "组成", "组建而成", "构建而成", "集成而成", "组合而成"];
/// What says that the words before it mean what follows: 本条例所称X, 所谓X.
pub const SO_CALLED: [&str; 8] = ["所称的", "所称", "所谓的", "所谓", "所说的", "所指的", "所指", "所述的"];
/// The documents and parts of documents that speak of what they call something: 本条例所称.
pub const SUBJECTS: [&str; 41] = [
    "本实施细则",
    "本实施意见",
    "本指导意见",
    "本行动计划",
    "本预案",
    "本措施",
    "本清单",
    "本纲要",
    "本计划",
    "本合同",
    "本条例",
    "本规定",
    "本办法",
    "本法",
    "本细则",
    "本决定",
    "本规则",
    "本条",
    "本款",
    "本章",
    "本意见",
    "本通则",
    "本标准",
    "本方案",
    "本制度",
    "本指南",
    "本规范",
    "本文件",
    "本通知",
    "本规程",
    "本指引",
    "本公约",
    "本协议",
    "本规划",
    "本导则",
    "本解释",
    "前款",
    "前条",
    "前两款",
    "前项",
    "上款",
];

/// What renames later in the clause: “视连网会商室”自4月起更名为….
pub const RENAMED: &[&str] = &["更名为", "改名为", "改称为", "更名", "改称"];

/// What gives a name to something just described.
pub const NAMING: [&str; 15] = [
    "称为",
    "称作",
    "称之为",
    "叫做",
    "叫作",
    "也就是",
    "这就是",
    "是为",
    "即为",
    "俗称",
    "又称",
    "通称",
    "统称",
    "其作为",
    "其确定为",
];
/// Words for words: what headings of glossaries, lead-ins of definitions and columns of terms hold.
pub const WORDS: [&str; 12] =
    ["术语", "名词", "词语", "词汇", "用语", "概念", "缩略语", "简称", "提法", "名称", "词条", "释义"];
/// Words for meanings: what lead-ins and columns of definitions hold.
pub const MEANINGS: [&str; 8] = ["定义", "含义", "涵义", "解释", "释义", "内涵", "意义", "说明"];

/// How a text goes on that says what kind of thing something is: X是一种….
pub const KINDS: [&str; 17] = [
    "一种", "一类", "一个", "一项", "一套", "对", "将", "以", "通过", "描述", "关于", "基于", "利用", "采用",
    "运用", "根据", "按照",
];
/// What a thing is worth or good for, which does not say what it is.
pub const WORTHS: [&str; 24] = [
    "重要",
    "关键",
    "必然",
    "核心",
    "内容",
    "要求",
    "任务",
    "举措",
    "途径",
    "抓手",
    "前提",
    "组成部分",
    "体现",
    "选择",
    "方向",
    "目标",
    "结果",
    "原因",
    "责任",
    "问题",
    "力量",
    "标志",
    "重点",
    "根本",
];
/// How the noun begins that says what kind of thing something new is: …的一类基础设施, …的新型数据库.
pub const NEW_KINDS: [&str; 4] = ["一种", "一类", "新型", "一款"];
/// How a bracket begins that qualifies the words before it and gives them neither another name nor a meaning.
pub const QUALIFIES: [&str; 52] = [
    "试行",
    "暂行",
    "草案",
    "见",
    "详见",
    "参见",
    "如",
    "例如",
    "含",
    "包括",
    "包含",
    "不含",
    "不包括",
    "除",
    "由",
    "按",
    "以",
    "即",
    "指",
    "附",
    "第",
    "原",
    "现",
    "拟",
    "已",
    "共",
    "约",
    "每",
    "各",
    "其中",
    "牵头",
    "责任",
    "负责",
    "下同",
    "以下",
    "简称",
    "略",
    "注",
    "来源",
    "截至",
    "截止",
    "自",
    "应",
    "可",
    "必",
    "选",
    "或",
    "及",
    "和",
    "与",
    "单位",
    "在",
];

/// Words that 指 begins without defining anything: 指标, 指南, 指导.
const NOT_MEANS: &str = "标南挥导示引数定出向派明令纹望针责点称甲代战认控使教正头征路挂环控";
/// The same after 是: 是指导性文件 defines nothing, 是指向社会提供… does.
const NOT_IS_MEANS: &str = "标导南引挥令定";
/// Characters before 指 with which it forms another word.
const BEFORE_MEANS: &str = "所手捺食拇戒中无直弹屈染统五十剑意指";
/// Characters after 即 with which it forms another word: 即将, 即可.
const NOT_NAMELY: &str = "可将使时便为日刻期席兴位用应成止";

/// Whether 指 and `after` are one word: 指标, 指导; but not 指｜标准, 指｜针对, 指｜数据. `is_after_is` says that 是 stands
/// before 指, which fewer words allow.
pub fn is_pointing(after: &str, is_after_is: bool) -> bool {
    let words = if is_after_is { NOT_IS_MEANS } else { NOT_MEANS };
    let mut chars = after.chars().filter(|&c| !fold::is_space(c));
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (Some('标'), Some('准'))
        | (Some('针'), Some('对'))
        | (Some('数'), Some('据' | '字'))
        | (Some('定'), Some('期' | '点' | '向' | '量')) => false,
        (Some(c), _) => words.contains(c) || super::mark::PART_ENDS.contains(&c) || c == '）',
        (None, _) => true,
    }
}

/// Whether `before` and 指 are one word: 手指, 所指.
pub fn is_finger(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| BEFORE_MEANS.contains(c))
}

/// Whether `after`, which follows 即, makes another word of it: 即将, 即可.
pub fn is_soon(after: &str) -> bool {
    after.starts_with(|c| NOT_NAMELY.contains(c))
}

/// `text` without the words with which it says that a meaning follows: ，是指…, 指…, ：.
pub fn without_means(text: &str) -> &str {
    let is_link =
        |c: char| fold::is_space(c) || super::mark::COMMAS.contains(&c) || super::mark::COLONS.contains(&c);
    let rest = text.trim_start_matches(is_link);
    let cue = MEANS.iter().find(|cue| rest.starts_with(**cue) && !is_pointing_at(rest, cue));
    let namely = rest.strip_prefix('即').filter(|after| cue.is_none() && !is_soon(after));
    let rest = cue.map_or(namely.unwrap_or(rest), |cue| &rest[cue.len()..]);
    rest.trim_start_matches(is_link)
}

fn is_pointing_at(text: &str, cue: &str) -> bool {
    cue.ends_with('指') && is_pointing(&text[cue.len()..], cue.len() > '指'.len_utf8())
}

/// Whether `text` ends with one of `words`.
pub fn ends_with_any<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.ends_with(word))
}

/// Whether `text` begins with one of `words`.
pub fn starts_with_any<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_hold_a_cue_are_told_from_it() {
        for after in ["标体系", "南", "导意见", "定专人", "挥部", "", "，"] {
            assert!(is_pointing(after, false), "{after}");
        }
        for after in ["标准化的文件", "数据的集合", "针对企业", "定期公布", "汇聚数据"]
        {
            assert!(!is_pointing(after, false), "{after}");
        }
        assert!(!is_pointing("向社会提供", true));
        assert!(is_finger("手") && is_finger("所") && !is_finger("政务云"));
        assert!(is_soon("将启动") && !is_soon("两地互通"));
    }

    #[test]
    fn the_cue_is_no_part_of_the_body() {
        for (text, body) in [
            ("，是指基层减负", "基层减负"),
            ("，即两地互通的通道", "两地互通的通道"),
            ("指标准化文件", "标准化文件"),
            ("指标体系", "指标体系"),
            ("：描述数据", "描述数据"),
            ("即将启动", "即将启动"),
            ("泛指各类", "各类"),
        ] {
            assert_eq!(without_means(text), body, "{text}");
        }
    }
}
