//! PDF files read by a process of their own: one for each thread, for one file after the other.
//!
//! Both sides send frames: eight bytes that tell the length, and as many bytes. Whatever goes wrong, the process is
//! ended, and the next file gets a new one.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use zhengming::Text;
use zhengming_formats::pdf_engine::{self, Answer};

use crate::cage;

/// A file that takes longer is given up. The work that a file may ask for takes some seconds on a machine that has
/// nothing else to do.
const LIMIT: Duration = Duration::from_secs(60);
/// What an answer may have; the most characters that are kept take a fifth of it.
const MOST_BYTES: u64 = 512 << 20;

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// Has `bytes` read by a process of its own; by this one, where none can be started.
pub(crate) fn ask(bytes: &[u8]) -> Answer {
    ENGINE.with_borrow_mut(|engine| {
        if engine.is_none() {
            *engine = Engine::start();
        }
        let Some(running) = engine else { return pdf_engine::extract(bytes) };
        match running.ask(bytes, LIMIT) {
            Ok(answer) => pdf_engine::decode(&answer).unwrap_or_else(|| Err(stopped())),
            Err(why) => {
                *engine = None;
                Err(why)
            }
        }
    })
}

struct Engine {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Engine {
    fn start() -> Option<Self> {
        Self::of(cage::pdf()?)
    }

    fn of(mut command: Command) -> Option<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let (input, output) = (child.stdin.take()?, child.stdout.take()?);
        Some(Self { child, input, output })
    }

    fn ask(&mut self, bytes: &[u8], limit: Duration) -> Result<Vec<u8>, Text> {
        let Self { child, input, output } = self;
        let (tell, told) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                let answer = send(input, bytes).and_then(|()| receive(output, MOST_BYTES));
                // Nobody listens any more where the time is over.
                let _ = tell.send(answer);
            });
            match told.recv_timeout(limit) {
                Ok(Ok(Some(answer))) => Ok(answer),
                Err(RecvTimeoutError::Timeout) => {
                    // Its end closes the pipes, and so ends the thread.
                    let _ = child.kill();
                    Err(Text::new(
                        format!("读取 PDF 超过 {} 秒，已放弃", limit.as_secs()),
                        format!(
                            "reading the PDF took more than {} seconds and was given up",
                            limit.as_secs()
                        ),
                    ))
                }
                _ => Err(stopped()),
            }
        })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn stopped() -> Text {
    Text::new(
        "读取 PDF 的进程中止（内存超过上限，或内部出错），已放弃这份文件",
        "the process that read the PDF ended (beyond its memory, or by a fault of its own); the file was given up",
    )
}

/// Answers one file after the other, until there are no more.
pub(crate) fn serve() -> ExitCode {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Ok(Some(bytes)) = receive(&mut input, zhengming_formats::MAX_BYTES as u64) {
        let answer = pdf_engine::encode(pdf_engine::extract(&bytes));
        drop(bytes);
        if send(&mut output, &answer).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

fn send(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// The next frame; nothing at the end.
fn receive(input: &mut impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(Some(bytes)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn an_engine_that_ends_or_does_not_answer_costs_its_file() {
        let long = vec![b'a'; 1 << 20];
        let ask = |program: &str, argument: &str| {
            let mut command = Command::new(program);
            command.arg(argument).stderr(Stdio::null());
            Engine::of(command).unwrap().ask(&long, Duration::from_secs(1))
        };
        assert!(ask("false", "").unwrap_err().zh.contains("中止"));
        assert!(ask("sleep", "60").unwrap_err().zh.contains("超过 1 秒"));
        // One that sends back what it gets answers.
        let mut cat = Command::new("cat");
        cat.stderr(Stdio::null());
        assert_eq!(Engine::of(cat).unwrap().ask(b"short", Duration::from_secs(60)).unwrap(), b"short");
    }

    #[test]
    fn frames_come_out_as_they_went_in() {
        let mut pipe = Vec::new();
        for bytes in [&b"one"[..], b"", &[7; 70_000]] {
            send(&mut pipe, bytes).unwrap();
        }
        let mut rest = &pipe[..];
        for length in [3, 0, 70_000] {
            assert_eq!(receive(&mut rest, 1 << 20).unwrap().unwrap().len(), length);
        }
        assert_eq!(receive(&mut rest, 1 << 20).unwrap(), None);
        assert!(receive(&mut &pipe[..9], 1 << 20).is_err() && receive(&mut &pipe[..], 2).is_err());
    }
}
