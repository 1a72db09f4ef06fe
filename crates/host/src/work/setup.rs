//! What a repository wants done in each new workspace, once its owner has read it (WS23).

use model::{OwnerEvent, RepositoryId, TerminalSize, WorkspaceId, limits};
use ports::chain;
use ports::vcs::VcsError;
use wire::{Failure, FailureCode, Reply, SetupScript};

use crate::desk::{Cause, work_failure};
use crate::host::Host;
use crate::terminals::Wanted;

const SCRIPT: &str = ".conclave/setup.sh";
/// Until a page shows it and says how large it is.
const SIZE: TerminalSize = TerminalSize { columns: 100, rows: 30 };
const OTHER: &str = "The set-up script is another than the one you read. Nothing was run; read it again.";
const UNTRUSTED: &str =
    "You have not said yet that this set-up script may run. Nothing was run; read it and say so.";

impl Host {
    pub(crate) async fn setup(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        Ok(Reply::Setup { script: self.setup_script(workspace).await? })
    }

    pub(crate) async fn trust_setup(
        &self,
        cause: Cause,
        workspace: WorkspaceId,
        hash: String,
    ) -> Result<Reply, Failure> {
        let script = self.setup_script(workspace).await?.ok_or_else(Failure::not_found)?;
        if script.hash != hash {
            return Err(Failure::new(FailureCode::ChangesStale, OTHER));
        }
        let repository = self.repository_of(workspace)?;
        let trusted = (!script.trusted).then_some(OwnerEvent::SetupTrusted { repository, hash });
        self.inner.shared.desk.note_for_owner(cause, trusted).await
    }

    pub(crate) async fn forget_setup(
        &self,
        cause: Cause,
        repository: RepositoryId,
    ) -> Result<Reply, Failure> {
        if !self.globe().now().shelf.setups.contains_key(&repository) {
            return Err(Failure::not_found());
        }
        let forgotten = Some(OwnerEvent::SetupForgotten { repository });
        self.inner.shared.desk.note_for_owner(cause, forgotten).await
    }

    /// Just the text that was trusted runs, whatever is in the file by then.
    pub(crate) async fn run_setup(
        &self,
        cause: &Cause,
        workspace: WorkspaceId,
        size: TerminalSize,
    ) -> Result<Reply, Failure> {
        let script = self.setup_script(workspace).await?.ok_or_else(Failure::not_found)?;
        if !script.trusted {
            return Err(Failure::new(FailureCode::Forbidden, UNTRUSTED));
        }
        self.open_terminal(cause, Wanted { workspace, size, script: Some(script.text) }).await
    }

    /// In a workspace that was just made. What is not trusted yet waits for the owner's word.
    pub(crate) async fn set_up(&self, cause: &Cause, made: &Reply) {
        let Reply::Workspace { workspace } = *made else { return };
        let trusted = matches!(self.setup_script(workspace).await, Ok(Some(script)) if script.trusted);
        if trusted && let Err(failure) = self.run_setup(cause, workspace, SIZE).await {
            tracing::warn!(%failure, "a new workspace was not set up");
        }
    }

    async fn setup_script(&self, workspace: WorkspaceId) -> Result<Option<SetupScript>, Failure> {
        let repository = self.repository_of(workspace)?;
        let text = match self.inner.shared.parts.vcs.read_file(self.worktree(workspace)?, SCRIPT.into()).await
        {
            Ok(text) if text.len() > limits::SETUP_BYTES => {
                let most = limits::SETUP_BYTES / 1024;
                let why = format!(
                    "{SCRIPT} is larger than {most} KiB, so it can't be run. Let it call another one."
                );
                return Err(Failure::new(FailureCode::TooLarge, why));
            }
            Ok(text) => text,
            Err(VcsError::FileMissing { .. }) => return Ok(None),
            Err(error) => return Err(work_failure(error)),
        };
        let hash = chain::hex_digest(text.as_bytes());
        let trusted = self.globe().now().shelf.setups.get(&repository) == Some(&hash);
        Ok(Some(SetupScript { text, hash, trusted }))
    }

    fn repository_of(&self, workspace: WorkspaceId) -> Result<RepositoryId, Failure> {
        let world = self.globe().now();
        world.shelf.workspaces.get(&workspace).map(|known| known.repository).ok_or_else(Failure::not_found)
    }
}
