//! What the owner's pages have open, kept at their own host.

use model::*;
use wire::*;

use crate::client::Client;
use crate::stage::Stage;

async fn keep(client: &mut Client, layout: &str) -> Result<Reply, Failure> {
    client.call(Request::KeepLayout { layout: layout.to_owned() }).await
}

async fn kept(client: &mut Client) -> (u64, Option<String>) {
    let Ok(Reply::Layout { revision, layout }) = client.call(Request::Layout).await else {
        panic!("a layout")
    };
    (revision, layout)
}

#[tokio::test]
async fn wi9_another_device_hears_of_a_new_layout_and_finds_it_also_after_a_restart() {
    let mut stage = Stage::set().await;
    let mut phone = Client::owner(&stage.host).await;
    phone.call(Request::WatchDirectory).await.unwrap();
    assert_eq!(kept(&mut phone).await, (0, None));
    keep(&mut stage.owner, r#"{"v":1}"#).await.unwrap();
    let newest =
        |wanted| move |it: &Client| it.directory.as_ref().is_some_and(|it| it.layout == Some(wanted));
    phone.until("the first", newest(1)).await;
    assert_eq!(kept(&mut phone).await, (1, Some(r#"{"v":1}"#.to_owned())));

    keep(&mut phone, r#"{"v":2}"#).await.unwrap();
    assert_eq!(kept(&mut stage.owner).await, (2, Some(r#"{"v":2}"#.to_owned())));
    stage.restart().await;
    stage.owner.call(Request::WatchDirectory).await.unwrap();
    stage.owner.until("what was kept", newest(2)).await;
    assert_eq!(kept(&mut stage.owner).await, (2, Some(r#"{"v":2}"#.to_owned())));
}

#[tokio::test]
async fn wi9_a_layout_that_is_too_large_or_none_is_refused_and_the_old_one_stays() {
    let mut stage = Stage::set().await;
    keep(&mut stage.owner, "[1]").await.unwrap();
    let largest = format!(r#""{}""#, "x".repeat(limits::LAYOUT_BYTES - 2));
    let refused = keep(&mut stage.owner, &format!("{largest} ")).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::TooLarge);
    assert_eq!(keep(&mut stage.owner, "[1").await.unwrap_err().code, FailureCode::BadParams);
    assert_eq!(kept(&mut stage.owner).await, (1, Some("[1]".to_owned())));
    keep(&mut stage.owner, &largest).await.unwrap();
    assert_eq!(kept(&mut stage.owner).await.0, 2);
}
