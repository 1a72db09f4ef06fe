use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent_native::{Ask, Bit, Call, Fault, FaultKind, Later, Message, Mind, Reply, Said, Stop, Tokens};
use serde_json::Value;
use tokio::sync::Notify;

/// A model whose answers are known before.
#[derive(Default)]
pub struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Ask>>,
    /// Rings when it was asked and stays silent.
    pub silent: Arc<Notify>,
}

enum Answer {
    Reply(Reply),
    Fault(Fault),
    /// Says this and then nothing any more.
    Silence(&'static str),
}

impl Scripted {
    pub fn says(self, text: &str) -> Self {
        self.answers(text, &[], Stop::Over)
    }

    pub fn calls(self, name: &str, input: Value) -> Self {
        self.answers("", &[(name, input)], Stop::Over)
    }

    pub fn answers(self, text: &str, calls: &[(&str, Value)], stop: Stop) -> Self {
        let call = |(at, (name, input)): (usize, &(&str, Value))| Call {
            id: format!("c{at}"),
            name: (*name).to_owned(),
            input: input.clone(),
        };
        let calls = calls.iter().enumerate().map(call).collect();
        let said = Said { thoughts: Vec::new(), text: text.to_owned(), calls };
        let tokens = Tokens { input: 10, cache_read: 5, cache_written: 2, output: 3 };
        self.then(Answer::Reply(Reply { said, stop, tokens }))
    }

    pub fn fails(self, kind: FaultKind, text: &str) -> Self {
        self.then(Answer::Fault(Fault { kind, text: text.to_owned() }))
    }

    pub fn busy(self, after: Option<u64>) -> Self {
        self.fails(FaultKind::Passing { after: after.map(Duration::from_secs) }, "Busy.")
    }

    pub fn falls_silent(self, after: &'static str) -> Self {
        self.then(Answer::Silence(after))
    }

    fn then(self, answer: Answer) -> Self {
        self.answers.lock().unwrap().push_back(answer);
        self
    }

    pub fn asked(&self) -> Vec<Ask> {
        self.asked.lock().unwrap().clone()
    }

    /// What it was told the last time.
    pub fn told(&self) -> Vec<Message> {
        self.asked().pop().expect("it was asked").messages
    }

    /// The results of the last calls that it was told.
    pub fn results(&self) -> Vec<(bool, String)> {
        let last = self.told().into_iter().rev().find_map(|message| match message {
            Message::Results(results) => Some(results),
            Message::Images(_) | Message::User(_) | Message::Said(_) => None,
        });
        last.unwrap_or_default().into_iter().map(|result| (result.good, result.text)).collect()
    }

    async fn answer(&self, ask: Ask, heard: &mut (dyn FnMut(Bit) + Send)) -> Result<Reply, Fault> {
        self.asked.lock().unwrap().push(ask);
        let answer = self.answers.lock().unwrap().pop_front();
        match answer.unwrap_or(Answer::Fault(Fault { kind: FaultKind::Final, text: "No more.".to_owned() })) {
            Answer::Reply(reply) => {
                if !reply.said.text.is_empty() {
                    heard(Bit::Text(reply.said.text.clone()));
                }
                Ok(reply)
            }
            Answer::Fault(fault) => Err(fault),
            Answer::Silence(text) => {
                heard(Bit::Text(text.to_owned()));
                self.silent.notify_one();
                std::future::pending().await
            }
        }
    }
}

impl Mind for Scripted {
    fn ask<'a>(
        &'a self,
        ask: Ask,
        heard: &'a mut (dyn FnMut(Bit) + Send),
    ) -> Later<'a, Result<Reply, Fault>> {
        Box::pin(self.answer(ask, heard))
    }

    fn models(&self) -> Later<'_, Result<Vec<String>, Fault>> {
        Box::pin(async { Ok(vec!["small".to_owned(), "large".to_owned()]) })
    }
}
