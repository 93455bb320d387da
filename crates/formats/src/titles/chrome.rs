//! What browsers and sites put around a title when a page is printed: the time, the name of the site.

use zhengming_text::fold;

use super::is_title;

/// How names of sites and of their parts end.
const SITES: [&str; 12] =
    ["政府", "网站", "网", "平台", "局", "厅", "委", "委员会", "办公室", "公开", "频道", "发布"];

/// `line` without the time at which it was printed, the name of the site behind it, and 【通知公告】.
pub(super) fn without(line: &str) -> &str {
    let line = without_time(line.trim());
    let line = line.strip_prefix('【').and_then(|rest| rest.split_once('】')).map_or(line, |(_, rest)| rest);
    let line = line.trim();
    // 关于…的通知_国务院部门文件_中国政府网.
    let line = match line.split_once('_') {
        Some((title, _)) if title.contains(fold::is_han) => title.trim_end(),
        _ => line,
    };
    for (at, mark) in line.match_indices(['-', '－']) {
        let (title, site) = (line[..at].trim_end(), line[at + mark.len()..].trim_start());
        let key = fold::key(site);
        if SITES.iter().any(|end| key.ends_with(end)) && is_title(title) {
            return title;
        }
    }
    line
}

/// `line` without 2025/12/18 11:52 before or behind it.
fn without_time(line: &str) -> &str {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | ':' | ' ' | ',' | '上' | '下' | '午');
    let is_time = |part: &str| part.contains(['/', ':']) && part.contains(|c: char| c.is_ascii_digit());
    let start = line.len() - line.trim_start_matches(is_part).len();
    let line = if is_time(&line[..start]) { line[start..].trim_start() } else { line };
    let end = line.trim_end_matches(is_part).len();
    if is_time(&line[end..]) { line[..end].trim_end() } else { line }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn what_a_browser_prints_is_no_part_of_a_title() {
        for (line, title) in [
            ("云溪市数据管理办法_规章_云溪市政府 2026/1/13 18:07", "云溪市数据管理办法"),
            ("2025/12/18 11:52云溪市数据管理办法", "云溪市数据管理办法"),
            ("云溪市数据管理办法 - 云溪市人民政府 11/9/25 上午11:15", "云溪市数据管理办法"),
            ("【通知公告】云溪市数据管理办法", "云溪市数据管理办法"),
            ("2025年云溪市工作要点（2025-2027年）", "2025年云溪市工作要点（2025-2027年）"),
        ] {
            assert_eq!(without(line), title);
        }
    }
}
