//! What the columns of a table mean, by the words in its header row.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Id,
    /// A running number: a clause only if there is no clause column.
    Serial,
    Clause,
    Heading,
    Term,
    English,
    Definition,
    Notes,
    Examples,
    Source,
    Admitted,
    /// Synonyms as people list them, also separated by 、
    Synonyms,
    Deprecated,
    Superseded,
    Variants,
    Responsible,
    Domain,
    Kind,
    Fix,
    Unless,
}

const NAMES: &[(Column, &[&str])] = &[
    (Column::Id, &["标识", "概念标识", "id", "conceptid", "concept"]),
    (Column::Serial, &["序号", "no", "no.", "number", "#"]),
    (
        Column::Clause,
        &["条目编号", "编号", "条款号", "章条号", "章节号", "条目号", "clause", "entry", "entrynumber"],
    ),
    (Column::Heading, &["原标题", "heading"]),
    (
        Column::Term,
        &[
            "术语",
            "名词",
            "名词名称",
            "术语名称",
            "中文术语",
            "中文名称",
            "词条",
            "用语",
            "规范用语",
            "规范术语",
            "规范名称",
            "标准术语",
            "优先术语",
            "term",
            "terms",
            "preferred",
            "preferredterm",
            "zh",
            "chinese",
        ],
    ),
    (
        Column::English,
        &[
            "英文",
            "英文术语",
            "英文名称",
            "英文对应词",
            "英文名",
            "英语",
            "对应英文",
            "english",
            "en",
            "englishterm",
        ],
    ),
    (
        Column::Definition,
        &["定义", "释义", "解释", "名词解释", "术语定义", "含义", "说明", "definition", "meaning"],
    ),
    (Column::Notes, &["注", "备注", "注释", "附注", "note", "notes", "remark", "remarks"]),
    (Column::Examples, &["示例", "例", "例句", "example", "examples"]),
    (Column::Source, &["来源", "出处", "依据", "source", "sources", "reference"]),
    (Column::Admitted, &["许用", "许用术语", "许用词", "admitted", "admittedterm", "admittedterms"]),
    (
        Column::Synonyms,
        &["同义词", "又称", "别名", "别称", "简称", "其他名称", "synonym", "synonyms", "alias", "aliases"],
    ),
    (
        Column::Deprecated,
        &[
            "拒用",
            "拒用术语",
            "禁用",
            "禁用词",
            "禁用术语",
            "不推荐",
            "deprecated",
            "deprecatedterms",
            "forbidden",
        ],
    ),
    (
        Column::Superseded,
        &["被取代", "被取代术语", "曾用名", "曾称", "旧称", "superseded", "obsolete", "formerly"],
    ),
    (Column::Variants, &["变体", "错误写法", "不规范写法", "不规范用语", "variant", "variants", "surface"]),
    (Column::Responsible, &["解释单位", "解释部门", "责任单位", "归口单位", "responsible"]),
    (
        Column::Domain,
        &["专业领域", "领域", "分类", "学科", "类别", "domain", "subjectfield", "subject", "field"],
    ),
    (Column::Kind, &["类型", "变体类型", "kind", "type"]),
    (Column::Fix, &["处理", "替换", "fix"]),
    (Column::Unless, &["除非", "例外", "unless"]),
];

/// The header row of a table: which column holds what.
#[derive(Debug)]
pub(super) struct Header {
    columns: Vec<(usize, Column)>,
    /// Columns with a name that means nothing to us.
    pub(super) unknown: Vec<String>,
    /// Whether the columns are literally named `variant` and `preferred`.
    names_variant_and_preferred: bool,
}

impl Header {
    /// The header, if the row names a term and at least one thing more.
    pub(super) fn recognise(cells: &[String]) -> Option<Self> {
        let mut header =
            Self { columns: Vec::new(), unknown: Vec::new(), names_variant_and_preferred: false };
        let names: Vec<String> = cells.iter().take(256).map(|cell| plain(cell)).collect();
        let has = |word: &str| names.iter().any(|name| name == word);
        header.names_variant_and_preferred = has("variant") && has("preferred");
        // The words of a column stand in order: 定义 before 说明, where a table has both.
        for &(column, words) in NAMES {
            let index = words.iter().find_map(|word| names.iter().position(|name| name == word));
            header.columns.extend(index.map(|index| (index, column)));
        }
        for (index, name) in names.iter().enumerate() {
            if !name.is_empty() && header.columns.iter().all(|(known, _)| *known != index) {
                header.unknown.push(cells[index].trim().to_owned());
            }
        }
        let filled = names.iter().filter(|name| !name.is_empty()).count();
        let known = header.columns.len();
        (header.index(Column::Term).is_some() && (known >= 2 || filled == 1)).then_some(header)
    }

    pub(super) fn index(&self, column: Column) -> Option<usize> {
        self.columns.iter().find(|(_, found)| *found == column).map(|(index, _)| *index)
    }

    /// Whether each row is one variant and its preferred term.
    pub(super) fn is_variant_table(&self) -> bool {
        let of_variants = |column: Column| {
            matches!(
                column,
                Column::Variants
                    | Column::Term
                    | Column::Kind
                    | Column::Fix
                    | Column::Unless
                    | Column::Id
                    | Column::Serial
            )
        };
        self.index(Column::Variants).is_some()
            && (self.names_variant_and_preferred
                || self.columns.iter().all(|&(_, column)| of_variants(column)))
    }
}

/// A column's name without what varies: spaces, underscores, case, and a remark in parentheses.
fn plain(cell: &str) -> String {
    let cell = cell.trim().trim_start_matches('\u{FEFF}');
    let cell = match cell.find(['（', '(']) {
        Some(at) if at > 0 => &cell[..at],
        _ => cell,
    };
    let keep = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-' | '：' | ':');
    cell.chars().filter(keep).take(40).flat_map(char::to_lowercase).collect()
}
