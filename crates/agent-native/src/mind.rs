//! What the agent needs of a model.

use std::borrow::Cow;
use std::pin::Pin;

use serde_json::Value;

use crate::fault::Fault;
use crate::history::{Message, Said};
use crate::turn::Stop;

pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub trait Mind: Send + Sync {
    /// One answer; its words are also given one by one as they come. Dropping it hangs up.
    fn ask<'a>(&'a self, ask: Ask, heard: &'a mut (dyn FnMut(Bit) + Send))
    -> Later<'a, Result<Reply, Fault>>;

    /// The names of the models there are.
    fn models(&self) -> Later<'_, Result<Vec<String>, Fault>>;
}

#[derive(Debug, Clone)]
pub struct Ask {
    pub model: String,
    pub system: String,
    pub messages: Vec<Message>,
    pub tools: Vec<Spec>,
}

/// A tool as the model sees it.
#[derive(Debug, Clone)]
pub struct Spec {
    pub name: Cow<'static, str>,
    pub about: Cow<'static, str>,
    pub schema: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bit {
    Text(String),
    Thought(String),
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub said: Said,
    pub stop: Stop,
    pub tokens: Tokens,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Without the cache's.
    pub input: u64,
    pub cache_read: u64,
    pub cache_written: u64,
    pub output: u64,
}

impl Tokens {
    pub fn all(self) -> u64 {
        self.input + self.cache_read + self.cache_written + self.output
    }

    pub fn plus(self, other: Self) -> Self {
        Self {
            input: self.input + other.input,
            cache_read: self.cache_read + other.cache_read,
            cache_written: self.cache_written + other.cache_written,
            output: self.output + other.output,
        }
    }
}
