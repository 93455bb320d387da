//! The worker thread: lints the latest state of each text, and passes over the states in between.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use zhengming::internal::Checked;
use zhengming::{Format, Linter, Session};

use crate::buffers::Outcome;

/// One state of one text.
pub(crate) struct Job {
    pub(crate) uri: String,
    pub(crate) name: String,
    pub(crate) revision: u64,
    pub(crate) text: String,
    pub(crate) format: Format,
    pub(crate) linter: Arc<Linter>,
}

/// What the worker is told.
pub(crate) enum Order {
    Check(Job),
    /// The text was closed.
    Forget(String),
}

/// What came of a job.
pub(crate) struct Done {
    pub(crate) uri: String,
    pub(crate) revision: u64,
    pub(crate) result: Outcome,
}

/// The two ends of the worker that the main thread holds. It ends when they are dropped.
pub(crate) struct Worker {
    pub(crate) orders: Sender<Order>,
    pub(crate) done: Receiver<Done>,
}

impl Worker {
    pub(crate) fn start() -> Self {
        let (orders, received) = unbounded();
        let (finished, done) = unbounded();
        thread::Builder::new()
            .name("lint".to_owned())
            .spawn(move || work(&received, &finished))
            .expect("a program that can start can start a thread");
        Self { orders, done }
    }
}

fn work(orders: &Receiver<Order>, done: &Sender<Done>) {
    let mut desk = Desk::default();
    while let Ok(order) = orders.recv() {
        desk.take(order);
        while let Some(job) = {
            orders.try_iter().for_each(|order| desk.take(order));
            desk.jobs.pop_front()
        } {
            let (uri, revision) = (job.uri.clone(), job.revision);
            let result = guarded(|| desk.check(job));
            if result.is_err() {
                // What the panic left behind is not to be built upon.
                desk.sessions.remove(&uri);
            }
            if done.send(Done { uri, revision, result }).is_err() {
                return;
            }
        }
    }
}

#[derive(Default)]
struct Desk {
    jobs: VecDeque<Job>,
    sessions: HashMap<String, (Arc<Linter>, Session)>,
}

impl Desk {
    /// A newer state of a text takes the place of the older one in the queue.
    fn take(&mut self, order: Order) {
        match order {
            Order::Check(job) => match self.jobs.iter_mut().find(|waiting| waiting.uri == job.uri) {
                Some(waiting) => *waiting = job,
                None => self.jobs.push_back(job),
            },
            Order::Forget(uri) => {
                self.jobs.retain(|job| job.uri != uri);
                self.sessions.remove(&uri);
            }
        }
    }

    fn check(&mut self, job: Job) -> Arc<Checked> {
        let Job { uri, name, text, format, linter, .. } = job;
        #[cfg(test)]
        assert!(!text.contains("test/panic"), "asked for");
        match self.sessions.get_mut(&uri) {
            Some((known, session)) if Arc::ptr_eq(known, &linter) && session.format() == format => {
                session.replace(text);
                session.checked()
            }
            _ => {
                let session = Session::new(Arc::clone(&linter), name, text, format);
                let checked = session.checked();
                self.sessions.insert(uri, (linter, session));
                checked
            }
        }
    }
}

/// Runs `job`; a panic in it becomes an error with its message.
pub(crate) fn guarded<T>(job: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(job)).map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(revision: u64, text: &str, linter: &Arc<Linter>) -> Job {
        Job {
            uri: "a".to_owned(),
            name: "a.md".to_owned(),
            revision,
            text: text.to_owned(),
            format: Format::Markdown,
            linter: Arc::clone(linter),
        }
    }

    #[test]
    fn the_latest_state_wins_and_a_closed_text_is_forgotten() {
        let linter = Arc::new(Linter::builder().build().unwrap());
        let mut desk = Desk::default();
        desk.take(Order::Check(job(1, "浙政盯", &linter)));
        desk.take(Order::Check(job(2, "浙政钉", &linter)));
        let job = desk.jobs.pop_front().unwrap();
        assert_eq!(job.revision, 2);
        assert!(desk.jobs.is_empty());
        assert!(desk.check(job).diagnostics().is_empty());
        assert_eq!(desk.sessions.len(), 1);
        desk.take(Order::Forget("a".to_owned()));
        assert!(desk.sessions.is_empty());
    }

    #[test]
    fn a_panic_becomes_a_message() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded(|| -> u8 { panic!("第{}块", 3) }), Err("第3块".to_owned()));
    }
}
