//! One turn as a state machine: what the model said goes in, what is to be done next comes out. Pure:
//! it knows no clock, endpoint or tool.

use std::time::Duration;

use serde_json::Value;

use crate::fault::{Fault, FaultKind};
use crate::history::Call;

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Tool calls of one turn.
    pub calls: usize,
    /// The same call so often in a row is a loop.
    pub same: usize,
    /// How often one question is put to the endpoint.
    pub attempts: u32,
    /// Before the second attempt, where the endpoint does not say; it doubles with each.
    pub first_wait: Duration,
    /// Who asks for more patience is not waited for.
    pub longest_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: 100,
            same: 3,
            attempts: 6,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(120),
        }
    }
}

const LONGEST_OWN_WAIT: Duration = Duration::from_secs(30);

/// Why the model stopped speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Over,
    MaxTokens,
    Refusal,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// After this time ask again; the notice is for people.
    Wait {
        time: Duration,
        notice: String,
    },
    /// Make room, then ask again.
    Compact {
        notice: String,
    },
    Run(Vec<Call>),
    End(End),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Done,
    MaxTokens,
    Refusal,
    /// By a limit of ours.
    Limit {
        notice: String,
    },
    Failed {
        reason: String,
    },
}

#[derive(Debug)]
pub struct Turn {
    limits: Limits,
    calls: usize,
    last: Option<(String, Value)>,
    in_a_row: usize,
    attempts: u32,
    has_compacted: bool,
}

impl Turn {
    pub fn new(limits: Limits) -> Self {
        Self { limits, calls: 0, last: None, in_a_row: 0, attempts: 0, has_compacted: false }
    }

    /// The model has answered.
    pub fn answered(&mut self, calls: &[Call], stop: Stop) -> Next {
        self.attempts = 0;
        self.has_compacted = false;
        match stop {
            // The input of a call may have been cut with the rest.
            Stop::MaxTokens => return Next::End(End::MaxTokens),
            Stop::Refusal => return Next::End(End::Refusal),
            Stop::Over if calls.is_empty() => return Next::End(End::Done),
            Stop::Over => {}
        }
        for call in calls {
            if let Some(notice) = self.count(call) {
                return Next::End(End::Limit { notice });
            }
        }
        Next::Run(calls.to_vec())
    }

    /// The endpoint gave no answer.
    pub fn failed(&mut self, fault: &Fault) -> Next {
        match fault.kind {
            FaultKind::Passing { after } => self.wait(after, &fault.text),
            FaultKind::Overflow if self.has_compacted => fail(&fault.text),
            FaultKind::Overflow => {
                self.has_compacted = true;
                let notice =
                    "The conversation is longer than the model can hold: its older part is left out.";
                Next::Compact { notice: notice.to_owned() }
            }
            FaultKind::Final => fail(&fault.text),
        }
    }

    fn count(&mut self, call: &Call) -> Option<String> {
        let same = self.last.as_ref().is_some_and(|(name, input)| *name == call.name && *input == call.input);
        self.in_a_row = if same { self.in_a_row + 1 } else { 1 };
        self.last = Some((call.name.clone(), call.input.clone()));
        if self.in_a_row >= self.limits.same {
            let (name, times) = (&call.name, self.in_a_row);
            return Some(format!(
                "Stopped: the model called the tool {name} {times} times in a row with the same input."
            ));
        }
        self.calls += 1;
        let most = self.limits.calls;
        (self.calls > most).then(|| format!("Stopped: this turn has used its {most} tool calls."))
    }

    fn wait(&mut self, after: Option<Duration>, text: &str) -> Next {
        self.attempts += 1;
        if self.attempts >= self.limits.attempts {
            return fail(&format!("{text} (asked {} times)", self.attempts));
        }
        let time = after.unwrap_or_else(|| self.own_wait());
        if time > self.limits.longest_wait {
            return fail(&format!("{text} (it asks to come back in {} s)", time.as_secs()));
        }
        let shown = time.as_secs_f64().ceil();
        Next::Wait { time, notice: format!("{text} Asking again in {shown} s.") }
    }

    fn own_wait(&self) -> Duration {
        self.limits.first_wait.saturating_mul(1 << (self.attempts - 1).min(10)).min(LONGEST_OWN_WAIT)
    }
}

fn fail(reason: &str) -> Next {
    Next::End(End::Failed { reason: reason.to_owned() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn call(name: &str, input: u8) -> Call {
        Call { id: "c".to_owned(), name: name.to_owned(), input: json!({ "n": input }) }
    }

    fn passing(after: Option<u64>) -> Fault {
        Fault { kind: FaultKind::Passing { after: after.map(Duration::from_secs) }, text: "Busy.".to_owned() }
    }

    fn is_limit(next: &Next, word: &str) -> bool {
        matches!(next, Next::End(End::Limit { notice }) if notice.contains(word))
    }

    #[test]
    fn the_third_same_call_in_a_row_is_not_run() {
        let mut turn = Turn::new(Limits::default());
        let run = |next: Next| matches!(next, Next::Run(_));
        assert!(run(turn.answered(&[call("read", 1)], Stop::Over)));
        assert!(run(turn.answered(&[call("read", 1)], Stop::Over)));
        assert!(is_limit(&turn.answered(&[call("read", 1)], Stop::Over), "in a row"));

        let mut turn = Turn::new(Limits::default());
        for n in [1, 1, 2, 1, 1] {
            assert!(run(turn.answered(&[call("read", n)], Stop::Over)), "broken by another call");
        }
        let mut turn = Turn::new(Limits::default());
        assert!(is_limit(
            &turn.answered(&[call("a", 1), call("a", 1), call("a", 1)], Stop::Over),
            "in a row"
        ));
    }

    #[test]
    fn waits_grow_and_end() {
        let mut turn = Turn::new(Limits::default());
        let waits: Vec<u64> = std::iter::from_fn(|| match turn.failed(&passing(None)) {
            Next::Wait { time, .. } => Some(time.as_secs()),
            _ => None,
        })
        .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16]);
        turn.answered(&[], Stop::Over);
        assert!(matches!(turn.failed(&passing(None)), Next::Wait { .. }), "an answer begins the count anew");
    }

    #[test]
    fn the_endpoints_own_word_counts_up_to_a_limit() {
        let mut turn = Turn::new(Limits::default());
        assert!(matches!(turn.failed(&passing(Some(90))), Next::Wait { time, .. } if time.as_secs() == 90));
        assert!(matches!(turn.failed(&passing(Some(3600))), Next::End(End::Failed { .. })));
    }

    #[test]
    fn an_overflow_is_never_asked_again_as_it_is() {
        let overflow = Fault { kind: FaultKind::Overflow, text: "Too long.".to_owned() };
        let mut turn = Turn::new(Limits::default());
        assert!(matches!(turn.failed(&overflow), Next::Compact { .. }));
        assert!(matches!(turn.failed(&overflow), Next::End(End::Failed { .. })));
    }

    #[test]
    fn a_cut_or_refused_answer_runs_nothing() {
        for (stop, end) in [(Stop::MaxTokens, End::MaxTokens), (Stop::Refusal, End::Refusal)] {
            let next = Turn::new(Limits::default()).answered(&[call("write", 1)], stop);
            assert_eq!(next, Next::End(end));
        }
    }

    proptest! {
        /// Whatever a model does, no more than the budget is run, and the turn ends.
        #[test]
        fn no_turn_runs_more_than_its_budget(answers in prop::collection::vec(prop::collection::vec(0u8..4, 1..5), 1..60)) {
            let limits = Limits { calls: 20, ..Limits::default() };
            let mut turn = Turn::new(limits);
            let mut run = 0;
            for answer in answers {
                let calls: Vec<Call> = answer.iter().map(|n| call("read", *n)).collect();
                match turn.answered(&calls, Stop::Over) {
                    Next::Run(calls) => run += calls.len(),
                    Next::End(End::Limit { .. }) => break,
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            prop_assert!(run <= limits.calls);
        }
    }
}
