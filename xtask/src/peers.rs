//! Other people's files: what the program makes of a folder of them, in what time and memory.
//!
//! Each file is checked by a process of its own. Text is compared with another extractor, where there is one.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What asked of a file is that it takes no longer, or is refused.
const SLOW: Duration = Duration::from_secs(5);
/// The same in memory, in KiB.
const LARGE: u64 = 500 << 10;
/// After this a file is given up.
const GIVEN_UP: Duration = Duration::from_secs(120);
/// Less text than the other extractor finds is a loss, if it found more than a line.
const LOST: (f64, usize) = (0.9, 60);
/// Files of a kind that are named in the table.
const NAMED: usize = 5;

/// What became of the files of one ending.
#[derive(Default)]
struct Row {
    files: usize,
    read: usize,
    refused: usize,
    /// Ended by a signal, a panic or without an answer.
    broken: Vec<String>,
    slow: Vec<String>,
    large: Vec<String>,
    /// Files that another extractor could read, and those of which we lost text.
    compared: usize,
    lost: Vec<String>,
    slowest: Duration,
    largest: u64,
}

/// `FOLDER [PROGRAM]`
pub(crate) fn run(folder: &str, program: Option<&str>) -> Result<(), String> {
    let program = program.unwrap_or("target/release/zhengming");
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files);
    if files.is_empty() {
        return Err(format!("no files in {folder}"));
    }
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (number, path) in files.iter().enumerate() {
        if number % 200 == 199 {
            eprintln!("{} of {}", number + 1, files.len());
        }
        let ending = path.extension().map_or(String::new(), |it| it.to_string_lossy().to_lowercase());
        let row = rows.entry(ending).or_default();
        check(program, path, row)?;
    }
    println(&rows);
    Ok(())
}

fn check(program: &str, path: &Path, row: &mut Row) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(["check", "--isolated", "--no-cache", "--quiet", "--format", "json"]).arg(path);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
    let mut memory = 0;
    let status = loop {
        memory = memory.max(memory_of(child.id()));
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status.code(),
            None if began.elapsed() > GIVEN_UP => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let (time, name) = (began.elapsed(), path.display().to_string());
    row.files += 1;
    row.slowest = row.slowest.max(time);
    row.largest = row.largest.max(memory);
    match status {
        Some(0 | 1) => {
            row.read += 1;
            if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("pdf")) {
                compare(path, &name, row);
            }
        }
        Some(2) => row.refused += 1,
        _ => row.broken.push(name.clone()),
    }
    if time > SLOW {
        row.slow.push(format!("{name} ({:.1} s)", time.as_secs_f64()));
    }
    if memory > LARGE {
        row.large.push(format!("{name} ({} MiB)", memory >> 10));
    }
    Ok(())
}

/// The most memory that a process and those it started had, in KiB; nothing where the system does not tell.
fn memory_of(process: u32) -> u64 {
    let folder = format!("/proc/{process}");
    let status = fs::read_to_string(format!("{folder}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let own = peak.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
    let mut sum: u64 = own;
    for task in fs::read_dir(format!("{folder}/task")).into_iter().flatten().flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        sum += children.split_whitespace().filter_map(|it| it.parse().ok()).map(memory_of).sum::<u64>();
    }
    sum
}

/// Compares the letters of a PDF with those that pdftotext finds.
fn compare(path: &Path, name: &str, row: &mut Row) {
    let Ok(other) = Command::new("pdftotext").args(["-q", "-enc", "UTF-8"]).arg(path).arg("-").output()
    else {
        return;
    };
    let other = letters(&String::from_utf8_lossy(&other.stdout));
    let all: usize = other.values().sum();
    if all < LOST.1 {
        return;
    }
    let Some(own) = fs::read(path).ok().and_then(|bytes| zhengming_formats::read(name, &bytes).ok()) else {
        return;
    };
    let own = letters(own.source());
    let found: usize = other.iter().map(|(c, &count)| count.min(own.get(c).copied().unwrap_or(0))).sum();
    row.compared += 1;
    let share = found as f64 / all as f64;
    if share < LOST.0 {
        row.lost.push(format!("{name} ({:.0} %)", share * 100.0));
    }
}

fn letters(text: &str) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}

#[allow(clippy::print_stdout, reason = "the table is what the tool is for")]
fn println(rows: &BTreeMap<String, Row>) {
    println!(
        "| ending | files | read | refused | broken | > 5 s | > 500 MiB | slowest | largest | compared | text lost |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    let line = |ending: &str, row: &Row| {
        println!(
            "| {ending} | {} | {} | {} | {} | {} | {} | {:.1} s | {} MiB | {} | {} |",
            row.files,
            row.read,
            row.refused,
            row.broken.len(),
            row.slow.len(),
            row.large.len(),
            row.slowest.as_secs_f64(),
            row.largest >> 10,
            row.compared,
            row.lost.len(),
        );
    };
    let mut all = Row::default();
    for (ending, row) in rows {
        line(ending, row);
        all.files += row.files;
        all.read += row.read;
        all.refused += row.refused;
        all.compared += row.compared;
        all.slowest = all.slowest.max(row.slowest);
        all.largest = all.largest.max(row.largest);
        all.broken.extend_from_slice(&row.broken);
        all.slow.extend_from_slice(&row.slow);
        all.large.extend_from_slice(&row.large);
        all.lost.extend_from_slice(&row.lost);
    }
    line("all", &all);
    for (what, names) in
        [("broken", &all.broken), ("slow", &all.slow), ("large", &all.large), ("lost", &all.lost)]
    {
        for name in names.iter().take(NAMED) {
            println!("{what}: {name}");
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}
