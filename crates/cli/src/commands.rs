//! The commands, each a frame or two to the host here, or to another.

mod agents;
mod brought;
mod cards;
mod certificate;
mod chat;
mod desk;
mod elsewhere;
mod exchange;
mod host;
mod judging;
mod log;
mod mcp;
mod me;
mod nearby;
mod people;
mod sharing;
mod steer;
mod terminals;
mod waiting;
mod work;

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::CommandFactory;
use model::CommandId;
use wire::Reply;

use crate::args::{Agent, Arguments, Order, Share, Workspace};
use crate::client::ClientError;
use crate::doctor::doctor;
use crate::folder::data_folder;
use crate::output::{Form, Said};
use desk::Desk;

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
    let at = arguments.at.as_deref();
    match arguments.order {
        Order::Host { port, open_link, name, listen } => {
            here(at)?;
            let wish = host::Wish { port, open_link, name, listen };
            host::host(data, wish, form).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Order::Doctor => return doctor(&data, form).await,
        Order::Certificate(order) => {
            here(at)?;
            form.print(&certificate::certificate(&data, order)?)?;
        }
        Order::Agent(Agent::Key(order)) => {
            here(at)?;
            form.print(&agents::key(&data, order)?)?;
        }
        Order::Completions { shell } => completions(shell),
        Order::Mcp(order) => {
            here(at)?;
            form.print(&mcp::mcp(&data, order)?)?;
        }
        Order::Toolbox => toolbox::pipe().await?,
        Order::Log(order) => log::log(&data, order, form).await?,
        Order::Nearby => form.print(&nearby::list().await?)?,
        Order::Share(Share::Code { share }) => {
            nearby::code(&mut Desk::at(&data, here(at)?).await?, &share, form).await?;
        }
        Order::Join(order) => elsewhere::join(&data, order, form).await?,
        Order::Remote(order) => form.print(&elsewhere::remote(&data, order).await?)?,
        Order::Chat(order) => chat::chat(&mut Desk::at(&data, at).await?, order, form).await?,
        Order::Vote(order) => form.print(&cards::vote(&mut Desk::at(&data, at).await?, order).await?)?,
        Order::Overrule(order) => {
            form.print(&steer::overrule(&mut Desk::at(&data, at).await?, order).await?)?;
        }
        Order::Without(order) => {
            form.print(&steer::without(&mut Desk::at(&data, at).await?, order).await?)?;
        }
        Order::Drive(order) => form.print(&steer::drive(&mut Desk::at(&data, at).await?, order).await?)?,
        Order::Me(order) => form.print(&me::me(&mut Desk::at(&data, at).await?, order).await?)?,
        Order::Answer(order) => form.print(&cards::answer(&mut Desk::at(&data, at).await?, order).await?)?,
        Order::Permission(order) => {
            form.print(&cards::permission(&mut Desk::at(&data, at).await?, order).await?)?;
        }
        Order::Terminal(order) => {
            form.print(&terminals::terminal(&mut Desk::at(&data, at).await?, order).await?)?;
        }
        Order::Workspace(order @ Workspace::List) => {
            form.print(&work::workspace(&mut Desk::at(&data, at).await?, order).await?)?;
        }
        Order::Session(order) => {
            form.print(&work::session(&mut Desk::at(&data, at).await?, order).await?)?;
        }
        owners => form.print(&at_home(&mut Desk::at(&data, here(at)?).await?, owners).await?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What only the owner of a host does, at the host itself.
async fn at_home(desk: &mut Desk, order: Order) -> Result<Said> {
    match order {
        Order::Open => host::open(desk).await,
        Order::Stop => host::stop(desk).await,
        Order::Agent(order) => agents::agent(desk, order).await,
        Order::Repo(order) => work::repo(desk, order).await,
        Order::Workspace(order) => work::workspace(desk, order).await,
        Order::Share(order) => sharing::share(desk, order).await,
        Order::Invite(order) => sharing::invite(desk, order).await,
        Order::Door(order) => sharing::door(desk, order).await,
        Order::Person(order) => people::person(desk, order).await,
        Order::Device(order) => people::device(desk, order).await,
        Order::Settings(order) => people::settings(desk, order).await,
        Order::Host { .. }
        | Order::Certificate(_)
        | Order::Completions { .. }
        | Order::Overrule(_)
        | Order::Without(_)
        | Order::Drive(_)
        | Order::Me(_)
        | Order::Mcp(_)
        | Order::Toolbox
        | Order::Doctor
        | Order::Join(_)
        | Order::Nearby
        | Order::Remote(_)
        | Order::Chat(_)
        | Order::Vote(_)
        | Order::Answer(_)
        | Order::Permission(_)
        | Order::Session(_)
        | Order::Terminal(_)
        | Order::Log(_) => bail!("This command does not belong here."),
    }
}

fn here(at: Option<&str>) -> Result<Option<&str>> {
    match at {
        None => Ok(None),
        Some(_) => bail!("This is for a host's own owner, at the host itself: leave --host away."),
    }
}

fn completions(shell: clap_complete::Shell) {
    clap_complete::generate(shell, &mut Arguments::command(), "conclave", &mut std::io::stdout());
}

fn fresh() -> CommandId {
    CommandId(uuid::Uuid::new_v4())
}

fn said(reply: &Reply, people: impl Into<String>) -> Result<Said> {
    Ok(Said { people: people.into(), json: serde_json::to_value(reply)? })
}
