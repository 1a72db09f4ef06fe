//! Stdio as the protocol's lines, with faults at their exact place among them.
//!
//! A fault travels as a notification of our own through the same queue as
//! everything else; the end of the queue performs it instead of writing it.

use agent_client_protocol::{Error, Lines, UntypedMessage};
use futures_util::{Sink, Stream, sink, stream};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

const METHOD: &str = "_rehearsal/fault";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Exit(i32),
    Garbage(String),
    LongLine(usize),
}

impl Fault {
    pub fn message(&self) -> Result<UntypedMessage, Error> {
        UntypedMessage::new(METHOD, self)
    }

    fn of(line: &str) -> Option<Self> {
        if !line.contains(METHOD) {
            return None;
        }
        let message: Value = serde_json::from_str(line).ok()?;
        if message["method"] != METHOD {
            return None;
        }
        serde_json::from_value(message["params"].clone()).ok()
    }
}

pub fn stdio() -> Lines<
    impl Sink<String, Error = io::Error> + Send + 'static,
    impl Stream<Item = io::Result<String>> + Send + 'static,
> {
    let input = BufReader::new(tokio::io::stdin()).lines();
    let incoming = stream::unfold(input, async |mut input| {
        let line = input.next_line().await.transpose()?;
        Some((line, input))
    });
    let outgoing = sink::unfold(tokio::io::stdout(), async |mut output, line: String| {
        match Fault::of(&line) {
            None => write(&mut output, line.into_bytes()).await?,
            Some(Fault::Garbage(text)) => write(&mut output, text.into_bytes()).await?,
            Some(Fault::LongLine(bytes)) => write(&mut output, vec![b'x'; bytes]).await?,
            Some(Fault::Exit(code)) => std::process::exit(code),
        }
        Ok(output)
    });
    Lines::new(outgoing, incoming)
}

async fn write(output: &mut tokio::io::Stdout, mut line: Vec<u8>) -> io::Result<()> {
    line.push(b'\n');
    output.write_all(&line).await?;
    output.flush().await
}
