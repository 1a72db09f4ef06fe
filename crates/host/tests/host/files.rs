//! Files of a workspace, by whom they can be read.

use model::*;
use wire::*;

use crate::client::Client;
use crate::stage::{Consensus, Stage};

async fn read(client: &mut Client, workspace: WorkspaceId, path: &str) -> Result<Reply, Failure> {
    client.call(Request::ReadFile { workspace, path: path.into() }).await
}

#[tokio::test]
async fn fi4_what_git_ignores_is_read_by_the_owner_alone() {
    let mut stage = Stage::set().await;
    let workspace = stage.workspace;
    *stage.git.files.lock().unwrap() = vec!["src/lib.rs".into()];
    let mut bea = stage.guest("Bea", Preset::CoHost, Consensus::No).await;
    let Ok(Reply::FileText { text, .. }) = read(&mut bea, workspace, "src/lib.rs").await else {
        panic!("a file")
    };
    assert_eq!(text, "what is in src/lib.rs");
    for path in [".env", "./src/lib.rs", "src/../.env"] {
        assert_eq!(read(&mut bea, workspace, path).await.unwrap_err().code, FailureCode::NotFound, "{path}");
    }
    assert!(read(&mut stage.owner, workspace, ".env").await.is_ok());
}
