//! Fuzzing on a stable toolchain: files of the repository, changed at random, given to functions that must hold for any
//! bytes. `fuzz/` has the same functions for libFuzzer, which goes deeper and needs a nightly toolchain.

mod mutate;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use mutate::Mutator;
use targets::{TARGETS, Target};

/// Seeds above this size make a run slow and find little.
const MAX_SEED: u64 = 200 << 10;
/// An input that takes longer has no bound. Generous, because the tools are not optimised.
const TOO_LONG: Duration = Duration::from_secs(60);

/// What runs now, and since when.
static RUNNING: Mutex<Option<(&str, Instant, Vec<u8>)>> = Mutex::new(None);

/// `[--seconds N] [--seed N] [TARGET…]`
pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    let (mut seconds, mut seed, mut names) = (10, 1, Vec::new());
    let mut rest = arguments.iter();
    while let Some(&argument) = rest.next() {
        let mut number =
            || rest.next().and_then(|it| it.parse().ok()).ok_or(format!("{argument} takes a number"));
        match argument {
            "--seconds" => seconds = number()?,
            "--seed" => seed = number()?,
            name => names.push(name),
        }
    }
    if let Some(unknown) = names.iter().find(|name| !TARGETS.iter().any(|target| target.name == **name)) {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("no target {unknown}; there are {}", known.join(", ")));
    }
    std::thread::spawn(watch);
    let wanted = TARGETS.iter().filter(|target| names.is_empty() || names.contains(&target.name));
    for target in wanted {
        fuzz(target, Duration::from_secs(seconds), seed)?;
    }
    Ok(())
}

fn fuzz(target: &'static Target, time: Duration, seed: u64) -> Result<(), String> {
    let mut seeds = Vec::new();
    for folder in ["fixtures", "rules/dictionaries", &format!("fuzz/seeds/{}", target.name)] {
        collect(Path::new(folder), target, &mut seeds);
    }
    if seeds.is_empty() {
        return Err(format!("{}: no seeds; run this in the folder of the repository", target.name));
    }
    let mut mutator = Mutator::new(seed);
    let (began, mut count, mut slowest) = (Instant::now(), 0_u64, Duration::ZERO);
    while began.elapsed() < time {
        // Each seed once as it is.
        let input = match seeds.get(usize::try_from(count).unwrap_or(usize::MAX)) {
            Some(seed) => seed.clone(),
            None => mutator.input(&seeds),
        };
        count += 1;
        slowest = slowest.max(one(target, input)?);
    }
    eprintln!(
        "{}: {count} inputs from {} seeds, the slowest {} ms",
        target.name,
        seeds.len(),
        slowest.as_millis()
    );
    Ok(())
}

/// Runs one input. What fails is kept, so that it can become a seed.
fn one(target: &'static Target, input: Vec<u8>) -> Result<Duration, String> {
    let began = Instant::now();
    *RUNNING.lock().expect("nobody panics with it") = Some((target.name, began, input.clone()));
    let result = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
    *RUNNING.lock().expect("nobody panics with it") = None;
    match result {
        Ok(()) => Ok(began.elapsed()),
        Err(_) => Err(format!("{} failed on {}", target.name, keep(target.name, &input))),
    }
}

fn keep(target: &str, input: &[u8]) -> String {
    let folder = PathBuf::from("target/fuzz");
    let path = folder.join(format!("{target}-{:08x}", mutate::sum(input)));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input));
    written.map_or_else(
        |error| format!("an input that cannot be kept: {error}"),
        |()| path.display().to_string(),
    )
}

/// Ends the run where one input takes too long.
fn watch() {
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let running = RUNNING.lock().expect("nobody panics with it");
        if let Some((name, began, input)) = &*running
            && began.elapsed() > TOO_LONG
        {
            eprintln!("{name} takes more than {} s on {}", TOO_LONG.as_secs(), keep(name, input));
            exit(1);
        }
    }
}

/// Files below a folder that are good to begin with, in a fixed order.
fn collect(folder: &Path, target: &Target, seeds: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, target, seeds);
            continue;
        }
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        let fits = fs::metadata(&path).is_ok_and(|it| it.len() <= MAX_SEED);
        if fits && target.seeds.contains(&ending) {
            seeds.extend(fs::read(&path));
        }
    }
}
