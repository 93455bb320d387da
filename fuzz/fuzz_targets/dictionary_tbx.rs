#![no_main]

#[path = "../../xtask/src/fuzz/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run("dictionary-tbx", bytes));
