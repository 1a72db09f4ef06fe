use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

use crate::ProcessError;

/// The longest line that is kept. Agents put whole files and base64 images
/// (10 MB and a third more) on one line; beyond this a line is a fault.
pub const MAX_LINE: usize = 20 * 1024 * 1024;

const READ_BUFFER: usize = 64 * 1024;

/// A program's stdout, cut at newlines.
pub struct Lines {
    reader: BufReader<Box<dyn AsyncRead + Send + Unpin>>,
    line: Vec<u8>,
    /// Bytes of the current line, kept or not.
    seen: u64,
}

impl Lines {
    pub(crate) fn new(source: impl AsyncRead + Send + Unpin + 'static) -> Self {
        Self { reader: BufReader::with_capacity(READ_BUFFER, Box::new(source)), line: Vec::new(), seen: 0 }
    }

    /// The next line without its line end; `None` after the last. A line over
    /// [`MAX_LINE`] is skipped to its end and reported as
    /// [`ProcessError::LineTooLong`]; reading can go on. Cancel safe.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, ProcessError>> {
        loop {
            let chunk = match self.reader.fill_buf().await {
                Ok(chunk) => chunk,
                Err(error) => return Some(Err(ProcessError::Read(error))),
            };
            if chunk.is_empty() {
                return (self.seen > 0).then(|| self.take());
            }
            let newline = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..newline.unwrap_or(chunk.len())];
            self.seen += part.len() as u64;
            if self.seen <= MAX_LINE as u64 {
                self.line.extend_from_slice(part);
            } else {
                self.line = Vec::new();
            }
            let used = part.len() + usize::from(newline.is_some());
            self.reader.consume(used);
            if newline.is_some() {
                return Some(self.take());
            }
        }
    }

    fn take(&mut self) -> Result<Vec<u8>, ProcessError> {
        let bytes = std::mem::take(&mut self.seen);
        let mut line = std::mem::take(&mut self.line);
        if bytes > MAX_LINE as u64 {
            return Err(ProcessError::LineTooLong { bytes, limit: MAX_LINE });
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(line)
    }
}
