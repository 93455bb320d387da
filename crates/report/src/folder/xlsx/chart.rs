//! What a sheet has beside its rows: charts, colours by condition, choices, numbers with a decimal.

use zhengming_text::message::Lang;
use zhengming_workbook::Sheet;
use zhengming_workbook::rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatDataBar, ConditionalFormatText, ConditionalFormatTextRule,
    DataValidation, Format, FormatAlign, XlsxError,
};

use zhengming_text::diagnostic::Severity;

use crate::folder::SEVERITIES;
use crate::folder::words::{say, severity};

/// What a sheet within its limits cannot fail at.
const WITHIN: &str = "within the limits of a sheet";

/// Rules that a chart shows: more bars cannot be told apart.
const MOST_BARS: u32 = 12;

/// A number with two decimals in the last row.
pub(super) fn decimal(sheet: &mut Sheet, column: u16, value: Option<f64>) {
    let (row, Some(value)) = (sheet.rows(), value) else { return };
    let format = Format::new().set_num_format("0.00").set_align(FormatAlign::Top);
    sheet.worksheet().write_number_with_format(row, column, value, &format).expect(WITHIN);
}

/// Bars behind the numbers of a column.
pub(super) fn scale(sheet: &mut Sheet, column: u16) {
    let last = sheet.rows();
    if last > 0 {
        let bars = ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0x9F_C0_E6));
        sheet.worksheet().add_conditional_format(1, column, last, column, &bars).expect(WITHIN);
    }
}

/// Colours the severities in a column, on the screen and on paper.
pub(super) fn severities(sheet: &mut Sheet, lang: Lang, column: u16) {
    let last = sheet.rows();
    if last == 0 {
        return;
    }
    for grade in SEVERITIES {
        let (ink, back) = match grade {
            Severity::Error => (0x9C_00_06, 0xFF_C7_CE),
            Severity::Warning => (0x7F_60_00, 0xFF_EB_9C),
            Severity::Info => (0x1E_5C_3A, 0xDF_F0_E4),
        };
        let look =
            Format::new().set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(back)).set_bold();
        let rule = ConditionalFormatTextRule::Contains(severity(lang, grade).to_owned());
        let colours = ConditionalFormatText::new().set_rule(rule).set_format(look);
        sheet.worksheet().add_conditional_format(1, column, last, column, &colours).expect(WITHIN);
    }
}

/// Choices for the cells of a column.
pub(super) fn choices(sheet: &mut Sheet, column: u16, choices: &[&str]) {
    let last = sheet.rows();
    if last > 0 {
        let list = DataValidation::new().allow_list_strings(choices).expect(WITHIN);
        sheet.worksheet().add_data_validation(1, column, last, column, &list).expect(WITHIN);
    }
}

/// How often each rule found something, the rows from `first` to `last`.
pub(super) fn rules(sheet: &mut Sheet, lang: Lang, name: (&str, &str), (first, last): (u32, u32)) {
    if last < first {
        return;
    }
    let last = last.min(first + MOST_BARS - 1);
    let name = match lang {
        Lang::Zh => name.0,
        Lang::En => name.1,
    };
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_categories((name, first, 0, last, 0)).set_values((name, first, 2, last, 2));
    chart.title().set_name(say(lang, "各类问题的数目", "Findings by rule"));
    chart.legend().set_hidden();
    // The most frequent rule on top.
    chart.y_axis().set_reverse();
    chart.set_width(620).set_height(60 + 28 * (last - first + 1));
    insert(sheet, 1, 5, &chart).expect(WITHIN);
}

/// The line of errors, warnings and infos over the runs.
pub(super) fn runs(sheet: &mut Sheet, lang: Lang, name: (&'static str, &'static str)) {
    let last = sheet.rows();
    let name = say(lang, name.0, name.1);
    let mut chart = Chart::new(ChartType::Line);
    for column in 3..=5 {
        chart
            .add_series()
            .set_name((name, 0, column))
            .set_categories((name, 1, 0, last, 0))
            .set_values((name, 1, column, last, column));
    }
    chart.title().set_name(say(lang, "历次检查的问题数", "Findings from run to run"));
    insert(sheet, 1, 7, &chart).expect(WITHIN);
}

fn insert(sheet: &mut Sheet, row: u32, column: u16, chart: &Chart) -> Result<(), XlsxError> {
    sheet.worksheet().insert_chart(row, column, chart).map(drop)
}
