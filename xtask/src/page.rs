//! The module for browsers and Node, and what is made of it: one page, and the npm package.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";
/// Of the crate: the program has to be of the same version.
const BINDGEN: &str = "0.2.130";
/// The scripts of the page, in the order in which they are joined.
const SCRIPTS: [&str; 10] = [
    "words.js",
    "dom.js",
    "store.js",
    "state.js",
    "engine.js",
    "save.js",
    "side.js",
    "results.js",
    "dialogs.js",
    "main.js",
];

/// One build of the module.
struct Build {
    name: &'static str,
    features: &'static [&'static str],
    /// What wasm-bindgen writes for.
    target: &'static str,
}

const PAGE: Build = Build { name: "page", features: &["--all-features"], target: "no-modules" };
const WHOLE: Build = Build { name: "whole", features: &["--all-features"], target: "web" };
/// Text, Markdown, HTML and CSV, without the words in use.
const SLIM: Build = Build { name: "slim", features: &["--no-default-features"], target: "web" };

/// Writes `dist/zhengming.html`.
pub(crate) fn build() -> Result<(), String> {
    let folder = bound(&PAGE)?;
    let page = Path::new("crates/wasm/page");
    let read =
        |path: PathBuf| fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()));
    let module = fs::read(folder.join("zhengming_bg.wasm")).map_err(|error| error.to_string())?;
    let packed = gzip(&module)?;
    let worker = read(folder.join("zhengming.js"))? + "\n" + &read(page.join("worker.js"))?;
    let mut script = String::from("(() => {\n\"use strict\";\n");
    for name in SCRIPTS {
        script += &read(page.join(name))?;
        script.push('\n');
    }
    script += "})();";
    let style = read(page.join("style.css"))?;
    for (name, text) in [("script", &script), ("worker", &worker)] {
        // It would end the element that holds it.
        if text.contains("</script") {
            return Err(format!("the {name} of the page contains </script"));
        }
    }
    let html = read(page.join("page.html"))?
        .replace("SCRIPT_HASH", &sha256(&script))
        .replace("STYLE_HASH", &sha256(&style))
        .replace(">STYLE<", &format!(">{style}<"))
        .replace(">WORKER<", &format!(">{worker}<"))
        .replace(">SCRIPT<", &format!(">{script}<"))
        .replace(">MODULE<", &format!(">{}<", base64(&packed)));
    write(Path::new("dist/zhengming.html"), html.as_bytes())?;
    eprintln!("module {} bytes, packed {}, page {}", module.len(), packed.len(), html.len());
    Ok(())
}

/// Writes the npm package into `dist/npm`.
pub(crate) fn npm() -> Result<(), String> {
    let package = Path::new("dist/npm");
    let own = Path::new("crates/wasm/npm");
    for (build, folder) in [(&WHOLE, package.to_owned()), (&SLIM, package.join("slim"))] {
        let bound = bound(build)?;
        for name in ["zhengming.js", "zhengming.d.ts", "zhengming_bg.wasm"] {
            copy(&bound.join(name), &folder.join(name))?;
        }
        let module = fs::read(bound.join("zhengming_bg.wasm")).map_err(|error| error.to_string())?;
        eprintln!("{}: {} bytes, packed {}", build.name, module.len(), gzip(&module)?.len());
    }
    for name in [
        "package.json",
        "README.md",
        "node.js",
        "node.d.ts",
        "slim/index.js",
        "slim/index.d.ts",
        "slim/node.js",
        "slim/node.d.ts",
    ] {
        copy(&own.join(name), &package.join(name))?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE"] {
        copy(Path::new(name), &package.join(name))?;
    }
    let mut words = Vec::new();
    for name in zhengming_rules::WORD_FILES {
        let map =
            fs::read(Path::new("rules/lexicon").join(name)).map_err(|error| format!("{name}: {error}"))?;
        words.extend(u32::try_from(map.len()).map_err(|error| error.to_string())?.to_le_bytes());
        words.extend(map);
    }
    eprintln!("words.bin: {} bytes, packed {}", words.len(), gzip(&words)?.len());
    write(&package.join("slim/words.bin"), &words)
}

/// Sees to it that wasm-bindgen is there.
pub(crate) fn tools() -> Result<(), String> {
    bindgen().map(drop)
}

/// Builds the module and what JavaScript calls it by; gives the folder.
fn bound(build: &Build) -> Result<PathBuf, String> {
    let folder = target().join("bound").join(build.name);
    let mut cargo = Command::new("cargo");
    cargo.args([
        "build",
        "--package",
        "zhengming-wasm",
        "--lib",
        "--locked",
        "--profile",
        PROFILE,
        "--target",
        TARGET,
    ]);
    run(cargo.args(build.features))?;
    let module = target().join(TARGET).join(PROFILE).join("zhengming_wasm.wasm");
    let mut command = Command::new(bindgen()?);
    command
        .arg(&module)
        .args(["--target", build.target, "--out-name", "zhengming", "--out-dir"])
        .arg(&folder);
    run(&mut command)?;
    Ok(folder)
}

/// wasm-bindgen of the version of the crate: an installed one, or one of our own.
fn bindgen() -> Result<PathBuf, String> {
    let root = target().join("tools");
    let own = root.join("bin").join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
    let fits = |program: &Path| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(BINDGEN))
    };
    for program in [PathBuf::from("wasm-bindgen"), own.clone()] {
        if fits(&program) {
            return Ok(program);
        }
    }
    let mut command = Command::new("cargo");
    command.args(["install", "wasm-bindgen-cli", "--version", BINDGEN, "--root"]).arg(&root);
    run(&mut command)?;
    Ok(own)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| error.to_string())
}

/// The hash of an inline script or style, as a policy names it.
fn sha256(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let bytes = fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
    write(to, &bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters() {
        for (text, letters) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), letters);
        }
        assert_eq!(sha256(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
