use std::io;

use agent_client_protocol::Lines;
use futures_util::{Sink, Stream, sink, stream};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// The protocol's lines over a pair of pipes.
pub fn lines(
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> Lines<
    impl Sink<String, Error = io::Error> + Send + 'static,
    impl Stream<Item = io::Result<String>> + Send + 'static,
> {
    let incoming = stream::unfold(BufReader::new(input).lines(), async |mut input| {
        let line = input.next_line().await.transpose()?;
        Some((line, input))
    });
    let outgoing = sink::unfold(output, async |mut output, line: String| {
        output.write_all(format!("{line}\n").as_bytes()).await?;
        output.flush().await?;
        Ok(output)
    });
    Lines::new(outgoing, incoming)
}
