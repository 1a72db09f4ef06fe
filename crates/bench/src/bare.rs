//! What the host is compared with: the same TLS and WebSocket libraries with nothing around them, in a
//! process of their own.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use futures_util::SinkExt;
use identity::HostIdentity;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines, stdin};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::broadcast;
use tokio::time::{MissedTickBehavior, interval};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, accept_async};

use crate::guest::Place;

type Socket = WebSocketStream<TlsStream<TcpStream>>;

/// Frames that a slow client may be behind.
const BEHIND: usize = 256;

#[derive(Args)]
pub struct Sending {
    /// With a host's key.
    folder: PathBuf,
    /// One frame a line.
    frames: PathBuf,
    clients: usize,
}

#[derive(Args)]
pub struct Echoing {
    /// With a host's key.
    folder: PathBuf,
}

/// For each line `N US` of its input: N frames to each client, one every US microseconds.
pub async fn send(sending: &Sending) -> Result<()> {
    let frames = std::fs::read_to_string(&sending.frames)?;
    let frames: Vec<Utf8Bytes> = frames.lines().map(Utf8Bytes::from).collect();
    let door = Door::open(&sending.folder).await?;
    // A task per client, as any sender has it whose clients do not wait for each other.
    let (publish, _) = broadcast::channel(BEHIND);
    for _ in 0..sending.clients {
        tokio::spawn(follow(door.accept().await?, publish.subscribe()));
    }
    let mut orders = orders();
    let mut frames = frames.into_iter().cycle();
    while let Some((times, every_us)) = order(&mut orders).await? {
        let mut ticks = interval(Duration::from_micros(every_us));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        for frame in frames.by_ref().take(times) {
            ticks.tick().await;
            publish.send(frame)?;
        }
    }
    Ok(())
}

/// For each line `N US` of its input: a pulse like that, passed on line by line.
pub async fn echo(echoing: &Echoing) -> Result<()> {
    let door = Door::open(&echoing.folder).await?;
    let mut socket = door.accept().await?;
    let mut orders = orders();
    while let Some((times, every_us)) = order(&mut orders).await? {
        let mut pulse = Command::new(std::env::current_exe()?)
            .args(["pulse", &times.to_string(), &every_us.to_string()])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(pulse.stdout.take().context("a pipe")?).lines();
        while let Some(line) = lines.next_line().await? {
            socket.send(Message::Text(line.into())).await?;
        }
    }
    Ok(())
}

async fn follow(mut socket: Socket, mut frames: broadcast::Receiver<Utf8Bytes>) {
    while let Ok(frame) = frames.recv().await {
        if socket.send(Message::Text(frame)).await.is_err() {
            return;
        }
    }
}

struct Door {
    listener: TcpListener,
    tls: TlsAcceptor,
}

impl Door {
    /// Prints where it is.
    async fn open(folder: &std::path::Path) -> Result<Self> {
        let identity = HostIdentity::load_or_create(folder)?;
        let tls = TlsAcceptor::from(Arc::new(identity.server_config(&["127.0.0.1".to_owned()])?));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("{} {}", listener.local_addr()?.port(), identity.fingerprint());
        Ok(Self { listener, tls })
    }

    async fn accept(&self) -> Result<Socket> {
        let (stream, _) = self.listener.accept().await?;
        stream.set_nodelay(true)?;
        Ok(accept_async(self.tls.accept(stream).await?).await?)
    }
}

fn orders() -> Lines<BufReader<tokio::io::Stdin>> {
    BufReader::new(stdin()).lines()
}

async fn order(orders: &mut Lines<BufReader<tokio::io::Stdin>>) -> Result<Option<(usize, u64)>> {
    let Some(line) = orders.next_line().await? else { return Ok(None) };
    let (times, every_us) = line.split_once(' ').context("an order")?;
    Ok(Some((times.parse()?, every_us.parse()?)))
}

/// This program as one of the two above, in another process.
pub struct Bare {
    process: Child,
    orders: ChildStdin,
    pub place: Place,
}

impl Bare {
    pub async fn start(arguments: &[&std::ffi::OsStr]) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let orders = process.stdin.take().context("a pipe")?;
        let mut said = BufReader::new(process.stdout.take().context("a pipe")?).lines();
        let line = said.next_line().await?.context("it ended at once")?;
        let (port, fingerprint) = line.split_once(' ').context("it does not say where it is")?;
        Ok(Self { process, orders, place: Place { port: port.parse()?, fingerprint: fingerprint.parse()? } })
    }

    pub fn pid(&self) -> Result<u32> {
        self.process.id().context("it has ended")
    }

    pub async fn order(&mut self, times: usize, every_us: u64) -> Result<()> {
        Ok(self.orders.write_all(format!("{times} {every_us}\n").as_bytes()).await?)
    }
}
