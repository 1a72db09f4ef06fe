use std::collections::VecDeque;
use std::sync::Arc;

use ports::terminal::Output;

/// Chunks below this are joined, so that a program which writes byte by byte does not fill the memory
/// with the names of its bytes.
const SMALL: usize = 512;

/// The newest bytes of a terminal, by their offset since its start.
#[derive(Debug)]
pub struct Ring {
    chunks: VecDeque<Chunk>,
    held: usize,
    limit: usize,
    end: u64,
}

#[derive(Debug)]
struct Chunk {
    at: u64,
    bytes: Arc<[u8]>,
}

impl Ring {
    pub fn new(limit: usize) -> Self {
        Self { chunks: VecDeque::new(), held: 0, limit, end: 0 }
    }

    pub fn end(&self) -> u64 {
        self.end
    }

    /// Lets go of whole old chunks while there is more than the limit without them.
    pub fn push(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.held += bytes.len();
        self.end += bytes.len() as u64;
        match self.chunks.back_mut() {
            Some(last) if last.bytes.len() + bytes.len() <= SMALL => {
                last.bytes = [&*last.bytes, bytes].concat().into();
            }
            Some(_) | None => {
                let at = self.end - bytes.len() as u64;
                self.chunks.push_back(Chunk { at, bytes: bytes.into() });
            }
        }
        while let Some(oldest) = self.chunks.front()
            && self.held - oldest.bytes.len() >= self.limit
        {
            self.held -= oldest.bytes.len();
            self.chunks.pop_front();
        }
    }

    pub fn read(&self, from: u64) -> Output {
        if from == self.end {
            return Output::Nothing;
        }
        let oldest = self.chunks.front().map_or(self.end, |chunk| chunk.at);
        if from < oldest || from > self.end {
            return Output::Cut { oldest };
        }
        let after = self.chunks.partition_point(|chunk| chunk.at <= from);
        let chunk = &self.chunks[after - 1];
        let skip = usize::try_from(from - chunk.at).expect("within a chunk");
        if skip == 0 {
            return Output::Bytes(chunk.bytes.clone());
        }
        Output::Bytes(chunk.bytes[skip..].into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(ring: &Ring, mut from: u64) -> Vec<u8> {
        let mut seen = Vec::new();
        while let Output::Bytes(bytes) = ring.read(from) {
            from += bytes.len() as u64;
            seen.extend_from_slice(&bytes);
        }
        seen
    }

    #[test]
    fn te4_every_offset_that_is_kept_reads_the_same_bytes() {
        let mut ring = Ring::new(3000);
        let mut whole = Vec::new();
        for round in 0..400_usize {
            let bytes: Vec<u8> = (0..round * 7 % 900).map(|byte| (round + byte).to_le_bytes()[0]).collect();
            ring.push(&bytes);
            whole.extend_from_slice(&bytes);
            assert_eq!(ring.end(), whole.len() as u64);
            let Output::Cut { oldest } = ring.read(ring.end() + 1) else { panic!("beyond the end") };
            let kept = whole.len() - usize::try_from(oldest).unwrap();
            assert!(kept >= whole.len().min(3000) && kept <= 3000 + 900);
            for from in (usize::try_from(oldest).unwrap()..=whole.len()).step_by(97) {
                assert_eq!(all(&ring, from as u64), &whole[from..]);
            }
        }
        assert!(matches!(ring.read(0), Output::Cut { oldest } if oldest > 0));
    }

    #[test]
    fn te4_single_bytes_are_kept_together() {
        let mut ring = Ring::new(100_000);
        for _ in 0..100_000 {
            ring.push(b"x");
        }
        assert!(ring.chunks.len() <= 2 * 100_000 / SMALL);
        assert_eq!(all(&ring, 0).len(), 100_000);
    }

    #[test]
    fn te4_nothing_shown_is_nothing_to_read() {
        let ring = Ring::new(10);
        assert_eq!(ring.read(0), Output::Nothing);
        assert_eq!(ring.read(1), Output::Cut { oldest: 0 });
    }
}
