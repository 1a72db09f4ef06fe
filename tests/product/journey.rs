//! From an empty folder to two people at work, by the command line alone.

use identity::{InviteLink, Secret256};
use model::{InviteId, PermissionAnswer};
use serde_json::{Value, json};
use testkit::{Client, guest_socket};
use wire::Auth;

use crate::checkout::Checkout;
use crate::host::Host;
use crate::room::Room;

/// A guest's own key to the host, and where it is.
pub struct Guest {
    pub link: InviteLink,
    pub credential: String,
}

impl Guest {
    pub fn invited(minted: &Value) -> Self {
        let link = minted["invite"]["code"].as_str().unwrap().parse().unwrap();
        Self { link, credential: Secret256::generate().unwrap().reveal() }
    }

    pub fn first(&self, name: &str) -> Auth {
        Auth::Invite {
            invite: InviteId(self.link.invite),
            secret: self.link.secret.reveal(),
            credential: self.credential.clone(),
            name: name.to_owned(),
        }
    }

    pub async fn dial(&self) -> Client {
        Client::over_socket(guest_socket(self.link.port, self.link.fingerprint).await.unwrap())
    }

    /// Knocks; the owner lets them in by the command line.
    pub async fn join(&self, host: &Host, name: &str) -> Client {
        let mut client = self.dial().await;
        let knocking = client.hello(self.first(name));
        let owner = host.owner().await;
        let (welcome, let_in) = tokio::join!(knocking, owner.let_somebody_in());
        let_in.unwrap();
        assert_eq!(welcome.unwrap().name.to_string(), name);
        client
    }

    pub async fn again(&self) -> Client {
        let mut client = self.dial().await;
        client.hello(Auth::Device { credential: self.credential.clone() }).await.unwrap();
        client
    }
}

const WORK: &str = "Add a licence.";

fn script() -> Value {
    let edit = json!({ "path": "LICENCE", "append": "Do what is right.\n", "on_allow": [{ "say": "It is there." }] });
    json!({ "turns": [{ "steps": [{ "think": "Hm." }, { "say": "I begin." }, { "edit": edit }] }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_becomes_a_shared_session_with_a_change_in_its_worktree() {
    let mut host = Host::off();
    host.script("clerk", &script());
    host.start();
    let checkout = Checkout::new(host.folder(), "Ledger of Zoë ✓");
    let workspace = host.workspace(&checkout, "licence");
    host.json(&["session", "new", "--workspace", "licence", "--agent", "clerk", "--title", "Licence"]);
    assert_eq!(host.json(&["session", "list"])["sessions"][0]["title"], "Licence");

    let minted = host.json(&["share", "new", "--workspace", "licence", "--preset", "collaborator"]);
    let share = minted["share"].as_str().unwrap();
    let spare = host.json(&["invite", "new", share])["invite"]["invite"].as_str().unwrap().to_owned();
    let open = |host: &Host| host.json(&["share", "list"])["shares"][0]["open_invites"].as_u64().unwrap();
    assert_eq!(open(&host), 2);
    host.json(&["invite", "cancel", &spare]);
    assert_eq!(open(&host), 1);
    assert_eq!(host.json(&["door", "list"])["knocks"], json!([]));
    let bea = Guest::invited(&minted).join(&host, "Bea").await;
    assert_eq!(host.json(&["share", "list"])["shares"][0]["people"][0]["name"], "Bea");
    assert_eq!(open(&host), 0, "the invite is spent");

    let mut tail = host.follow(&["chat", "tail", "Licence", "--follow"]);
    let session = host.json(&["session", "list"])["sessions"][0]["session"].as_str().unwrap().to_owned();
    let bea = Room::enter(bea, &session).await;
    bea.prompt(WORK).await.unwrap();
    let locked = host.refuses(&["chat", "send", "Licence", "Me too."]);
    assert!(locked.contains("Somebody else is driving"), "{locked}");
    assert_eq!(host.json(&["chat", "send", "--queue", "Licence", "Then this."])["started"], false);
    tail.until("permission_asked");
    assert!(!workspace.worktree.join("LICENCE").exists(), "nothing is done unasked");
    let owner = Room::owner(&host, &session).await;
    owner.permit(PermissionAnswer::Allow).await;
    let seen = tail.until("turn_ended");
    assert!(seen.iter().any(|line| line["event"]["text"]["text"] == "It is there."), "{seen:#?}");
    assert_eq!(std::fs::read_to_string(workspace.worktree.join("LICENCE")).unwrap(), "Do what is right.\n");
    assert!(checkout.is_untouched());
    tail.until("permission_asked");
    host.json(&["chat", "stop", "Licence"]);
    tail.until("turn_ended");
    drop(tail);
    let mut host = host;
    host.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn sh2_an_invite_that_is_spent_cancelled_or_wrong_lets_nobody_in() {
    let host = Host::on();
    host.json(&["repo", "sample"]);
    let minted = host.json(&["share", "new", "--workspace", "first look", "--preset", "observer"]);
    let used = Guest::invited(&minted);
    used.join(&host, "Bea").await;

    let late = Guest { credential: Secret256::generate().unwrap().reveal(), ..Guest::invited(&minted) };
    let refused = late.dial().await.hello(late.first("Cai")).await.unwrap_err();
    assert_eq!(refused.code, wire::FailureCode::InviteSpent);

    let share = minted["share"].as_str().unwrap();
    let cancelled = Guest::invited(&host.json(&["invite", "new", share]));
    host.json(&["invite", "cancel", &cancelled.link.invite.to_string()]);
    let refused = cancelled.dial().await.hello(cancelled.first("Cai")).await.unwrap_err();
    assert_eq!(refused.code, wire::FailureCode::InviteUnknown);

    let mut wrong = Guest::invited(&host.json(&["invite", "new", share]));
    wrong.link.secret = Secret256::generate().unwrap();
    let refused = wrong.dial().await.hello(wrong.first("Cai")).await.unwrap_err();
    assert_eq!(refused.code, wire::FailureCode::InviteUnknown);
    assert_eq!(host.json(&["share", "list"])["shares"][0]["people"][0]["name"], "Bea");
    assert_eq!(host.json(&["door", "list"])["knocks"], json!([]));
}
