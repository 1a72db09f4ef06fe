//! Reading objects by their ids.

use std::path::Path;

use crate::call::words;
use crate::git::{Purpose, line};
use crate::inspect::existing_folder;
use crate::{Git, GitError, Oid};

/// Bytes that are asked for in one call.
const BATCH: u64 = 16 << 20;

impl Git {
    /// The bytes of a file's content; a typed refusal when there are more than `limit`.
    pub async fn read_blob(&self, repository: &Path, blob: &Oid, limit: u64) -> Result<Vec<u8>, GitError> {
        let folder = existing_folder(repository)?;
        let sizes = self.sizes(&folder, std::slice::from_ref(blob)).await?;
        let Some(Some(bytes)) = sizes.first() else {
            return Err(GitError::UnknownObject { path: folder, oid: blob.to_string() });
        };
        if *bytes > limit {
            return Err(GitError::TooLarge { bytes: *bytes, limit });
        }
        let call = words(["cat-file", "blob", blob.as_str()]);
        self.run(Purpose::Read, &folder, call).await
    }

    /// Of each object; `None` for one that is not there or no blob.
    pub(crate) async fn sizes(&self, folder: &Path, blobs: &[Oid]) -> Result<Vec<Option<u64>>, GitError> {
        if blobs.is_empty() {
            return Ok(Vec::new());
        }
        let call = words(["cat-file", "--batch-check=%(objecttype) %(objectsize)"]);
        let answer = self.feed(Purpose::Read, folder, call, listed(blobs)).await?;
        let answer = String::from_utf8_lossy(&answer);
        Ok(answer.lines().map(|it| it.strip_prefix("blob ")?.parse().ok()).collect())
    }

    /// The contents of several blobs, which must be there and be small.
    pub(crate) async fn contents(&self, folder: &Path, blobs: &[Oid]) -> Result<Vec<Vec<u8>>, GitError> {
        if blobs.is_empty() {
            return Ok(Vec::new());
        }
        let call = words(["cat-file", "--batch=%(objectsize)"]);
        let answer = self.feed(Purpose::Read, folder, call, listed(blobs)).await?;
        parse_contents(&answer, blobs.len())
            .ok_or_else(|| GitError::Unreadable { command: "git cat-file".into() })
    }

    /// The contents of as many blobs as wished; `None` for one that is larger than `limit`.
    pub(crate) async fn contents_within(
        &self,
        folder: &Path,
        blobs: &[Oid],
        limit: u64,
    ) -> Result<Vec<Option<Vec<u8>>>, GitError> {
        let sizes = self.sizes(folder, blobs).await?;
        let mut found = vec![None; blobs.len()];
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for (at, size) in sizes.iter().enumerate() {
            let Some(size) = size.filter(|size| *size <= limit) else { continue };
            if bytes + size > BATCH {
                self.fill(folder, blobs, std::mem::take(&mut batch), &mut found).await?;
                bytes = 0;
            }
            batch.push(at);
            bytes += size;
        }
        self.fill(folder, blobs, batch, &mut found).await?;
        Ok(found)
    }

    async fn fill(
        &self,
        folder: &Path,
        blobs: &[Oid],
        batch: Vec<usize>,
        found: &mut [Option<Vec<u8>>],
    ) -> Result<(), GitError> {
        let asked: Vec<Oid> = batch.iter().map(|at| blobs[*at].clone()).collect();
        for (at, content) in batch.into_iter().zip(self.contents(folder, &asked).await?) {
            found[at] = Some(content);
        }
        Ok(())
    }

    pub(crate) async fn write_blob(&self, folder: &Path, bytes: Vec<u8>) -> Result<Oid, GitError> {
        let call = words(["hash-object", "-w", "--stdin"]);
        let said = self.feed(Purpose::Write, folder, call, bytes).await?;
        oid(&said, "git hash-object")
    }

    /// The tree of a tree or commit.
    pub(crate) async fn tree_of(&self, folder: &Path, treeish: &Oid) -> Result<Oid, GitError> {
        let peeled = format!("{treeish}^{{tree}}");
        let call = words(["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled]);
        let found = self.ask(folder, call).await?;
        let unknown = || GitError::UnknownObject { path: folder.to_owned(), oid: treeish.to_string() };
        found.and_then(|it| it.parse().ok()).ok_or_else(unknown)
    }
}

/// The id on the first line of git's answer.
pub(crate) fn oid(said: &[u8], command: &str) -> Result<Oid, GitError> {
    line(said).parse().map_err(|_| GitError::Unreadable { command: command.into() })
}

fn listed(oids: &[Oid]) -> Vec<u8> {
    oids.iter().flat_map(|oid| [oid.as_str(), "\n"]).collect::<String>().into_bytes()
}

fn parse_contents(mut answer: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut contents = Vec::with_capacity(count);
    for _ in 0..count {
        let end = answer.iter().position(|byte| *byte == b'\n')?;
        let size: usize = std::str::from_utf8(&answer[..end]).ok()?.parse().ok()?;
        let rest = &answer[end + 1..];
        contents.push(rest.get(..size)?.to_vec());
        answer = rest.get(size + 1..)?;
    }
    Some(contents)
}
