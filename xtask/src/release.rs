//! Builds what a release consists of into `dist/`, with checksums: wheels, a Debian package, crates. Publishes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DIST: &str = "dist";
const CHECKSUMS: &str = "SHA256SUMS";
/// RHEL 8, Kylin V10 SP1 and Debian 10 have glibc 2.28; what they start starts on all later systems.
const LINUX: [&str; 4] = ["--zig", "--compatibility", "manylinux_2_28", "--auditwheel=check"];

/// A part of the release, and how it is built.
struct Part {
    name: &'static str,
    /// What it needs and how to get it; the command tells whether it is there.
    needs: (&'static [&'static str], &'static str),
    build: fn() -> Result<(), String>,
}

const PARTS: [Part; 4] = [
    Part {
        name: "wheel",
        needs: (&["maturin", "--version"], "pip install maturin ziglang"),
        build: || share().and_then(|()| wheel(if cfg!(target_os = "linux") { &LINUX } else { &[] })),
    },
    Part {
        name: "wheel for Windows",
        needs: (
            &["x86_64-w64-mingw32-gcc", "--version"],
            "apt-get install gcc-mingw-w64-x86-64, rustup target add",
        ),
        build: || wheel(&["--target", "x86_64-pc-windows-gnu"]),
    },
    Part { name: "deb", needs: (&["cargo-deb", "--version"], "cargo install cargo-deb"), build: deb },
    Part { name: "crates", needs: (&["cargo", "--version"], "rustup"), build: crates },
];

/// Builds all parts, or those whose names begin with one of `wanted`.
pub(crate) fn build(wanted: &[&str]) -> Result<(), String> {
    fs::create_dir_all(DIST).map_err(|error| format!("{DIST}: {error}"))?;
    let mut left_out = Vec::new();
    for part in &PARTS {
        if !wanted.is_empty() && !wanted.iter().any(|name| part.name.starts_with(name)) {
            continue;
        }
        let (program, hint) = part.needs;
        if !is_there(program) {
            left_out.push(format!("{}: no {} ({hint})", part.name, program[0]));
            continue;
        }
        eprintln!("== {}", part.name);
        (part.build)().map_err(|error| format!("{}: {error}", part.name))?;
    }
    checksums()?;
    if left_out.is_empty() { Ok(()) } else { Err(format!("left out:\n  {}", left_out.join("\n  "))) }
}

fn is_there(program: &[&str]) -> bool {
    Command::new(program[0]).args(&program[1..]).output().is_ok_and(|output| output.status.success())
}

fn wheel(more: &[&str]) -> Result<(), String> {
    let mut command = Command::new("maturin");
    command.args(["build", "--profile", "dist", "--locked", "--manifest-path", "crates/python/Cargo.toml"]);
    run(command.args(["--out", DIST]).args(more))
}

fn deb() -> Result<(), String> {
    share()?;
    run(Command::new("cargo").args(["deb", "--no-build", "--profile", "dist", "--output", DIST]))
}

/// Where the wheel's data lie: what is below goes into the `share` of the environment it is installed in.
const WHEEL_SHARE: &str = "crates/python/data/data/share";

/// Builds the program and has it say what it is told to others: manual pages and completions. The Debian package takes
/// them from the target folder, the wheel from its data.
fn share() -> Result<(), String> {
    let build = ["build", "--profile", "dist", "--locked", "--bin", "zhengming", "--features", "mcp"];
    run(Command::new("cargo").args(build))?;
    let program = target().join("dist/zhengming");
    let (share, wheel) = (target().join("share"), Path::new(WHEEL_SHARE));
    for folder in [share.join("man"), wheel.join("man/man1")] {
        run(Command::new(&program).args(["man", "-o"]).arg(folder))?;
    }
    for (shell, name, folder) in [
        ("bash", "zhengming", "bash-completion/completions"),
        ("zsh", "_zhengming", "zsh/site-functions"),
        ("fish", "zhengming.fish", "fish/vendor_completions.d"),
    ] {
        let script = Command::new(&program).args(["completions", shell]).output();
        let script = script.map_err(|error| error.to_string())?.stdout;
        fs::create_dir_all(wheel.join(folder)).map_err(|error| error.to_string())?;
        for path in [share.join(name), wheel.join(folder).join(name)] {
            fs::write(&path, &script).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

fn crates() -> Result<(), String> {
    // Verified by the tests of the workspace; what each package holds is checked by `cargo package --list`.
    let mut command = Command::new("cargo");
    command.args(["package", "--workspace", "--locked", "--no-verify", "--exclude", "xtask"]);
    run(command.args(["--exclude", "zhengming-python", "--exclude", "zhengming-wasm"]))?;
    for file in files(&target().join("package"), "crate")? {
        let name = file.file_name().expect("a file has a name");
        fs::copy(&file, Path::new(DIST).join(name)).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn checksums() -> Result<(), String> {
    let mut names = Vec::new();
    for ending in ["whl", "deb", "crate", "html"] {
        names.extend(
            files(Path::new(DIST), ending)?.iter().filter_map(|file| file.file_name()).map(ToOwned::to_owned),
        );
    }
    names.sort();
    let output = Command::new("sha256sum").args(&names).current_dir(DIST).output();
    let output = output.map_err(|error| format!("sha256sum: {error}"))?;
    fs::write(Path::new(DIST).join(CHECKSUMS), &output.stdout).map_err(|error| error.to_string())?;
    eprintln!("{}", String::from_utf8_lossy(&output.stdout).trim_end());
    Ok(())
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|it| it == ending)).collect())
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
