//! The commands, each a frame or two over the local socket.

mod chat;
mod host;
mod log;
mod sharing;
mod work;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use model::{CommandId, Directory};
use wire::{Notification, Reply, Request};

use crate::args::{Arguments, Order};
use crate::client::{Client, ClientError};
use crate::doctor::doctor;
use crate::folder::data_folder;
use crate::output::{Form, Said};

/// The host said no, or could not be started.
const REFUSED: u8 = 1;
const NOT_RUNNING: u8 = 3;

/// Does what was asked, and tells by the exit code how it went: 0 done, 1 refused, 2 misused (by
/// clap), 3 no host runs.
pub async fn run(arguments: Arguments) -> ExitCode {
    let form = if arguments.json { Form::Json } else { Form::People };
    match perform(arguments, form).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("conclave: {}", sentence(&error));
            match error.downcast_ref() {
                Some(ClientError::NotRunning { .. }) => ExitCode::from(NOT_RUNNING),
                Some(_) | None => ExitCode::from(REFUSED),
            }
        }
    }
}

/// The error and what it came of, each said once: many of our errors name their cause themselves.
fn sentence(error: &anyhow::Error) -> String {
    error.chain().skip(1).map(ToString::to_string).fold(error.to_string(), |said, cause| {
        if said.contains(&cause) { said } else { format!("{said}: {cause}") }
    })
}

async fn perform(arguments: Arguments, form: Form) -> Result<ExitCode> {
    let data = data_folder(arguments.data)?;
    match arguments.order {
        Order::Host { port, open_link, name, listen } => {
            let wish = host::Wish { port, open_link, name, listen };
            host::host(data, wish, form).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Order::Doctor => return doctor(&data, form).await,
        Order::Chat(order) => chat::chat(&mut Desk::at(&data).await?, order, form).await?,
        Order::Log(order) => log::log(&data, order, form).await?,
        Order::Open => form.print(&host::open(&mut Desk::at(&data).await?).await?)?,
        Order::Stop => form.print(&host::stop(&mut Desk::at(&data).await?).await?)?,
        Order::Repo(order) => form.print(&work::repo(&mut Desk::at(&data).await?, order).await?)?,
        Order::Workspace(order) => form.print(&work::workspace(&mut Desk::at(&data).await?, order).await?)?,
        Order::Session(order) => form.print(&work::session(&mut Desk::at(&data).await?, order).await?)?,
        Order::Share(order) => form.print(&sharing::share(&mut Desk::at(&data).await?, order).await?)?,
        Order::Invite(order) => form.print(&sharing::invite(&mut Desk::at(&data).await?, order).await?)?,
        Order::Door(order) => form.print(&sharing::door(&mut Desk::at(&data).await?, order).await?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The owner's conversation with the running host.
struct Desk {
    client: Client,
}

impl Desk {
    async fn at(data: &Path) -> Result<Self> {
        Ok(Self { client: Client::connect(data).await? })
    }

    async fn call(&mut self, request: Request) -> Result<Reply, ClientError> {
        self.client.call(request).await
    }

    /// What there is right now.
    async fn directory(&mut self) -> Result<Directory, ClientError> {
        self.call(Request::WatchDirectory).await?;
        loop {
            if let Notification::Directory(directory) = self.client.notification().await? {
                return Ok(directory);
            }
        }
    }
}

fn fresh() -> CommandId {
    CommandId(uuid::Uuid::new_v4())
}

fn said(reply: &Reply, people: impl Into<String>) -> Result<Said> {
    Ok(Said { people: people.into(), json: serde_json::to_value(reply)? })
}
