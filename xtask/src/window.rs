use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::apt;
use crate::child::Running;
use crate::gate;
use crate::progress::say;
use crate::stage::{Scene, Verdict, skipped};

const READY: &str = "window ready";
const TITLE: &str = "\"Conclave\"";
const PATIENCE: Duration = Duration::from_secs(60);
const FEWEST_COLOURS: u32 = 8;

/// Starts the real window under Xvfb and looks at it.
pub fn smoke(scene: &Scene) -> Result<Verdict> {
    if let Some(why) = lacking(&["Xvfb", "xwininfo", "import", "identify"]) {
        return skipped(why);
    }
    gate::programs(scene)?;
    let (_screen, display) = open_screen()?;
    let data = scene.checkout.scratch().join("window-data");
    clear(&data)?;
    let (window, lines) = open_window(scene, &display, &data)?;
    wait_until_ready(&lines)?;
    look(scene, &display)?;
    stop(scene, window, &data)?;
    Ok(Verdict::Passed)
}

/// Plays what people do with the real window: by WebKitWebDriver, under a window manager, on a bus of its own.
pub fn played(scene: &Scene) -> Result<Verdict> {
    let needed = ["Xvfb", "WebKitWebDriver", "dbus-run-session", "openbox", "wmctrl", "node"];
    if let Some(why) = lacking(&needed) {
        return skipped(why);
    }
    gate::programs(scene)?;
    let (_screen, display) = open_screen()?;
    let _manager = Running::start(Command::new("openbox").env("DISPLAY", &display).stderr(Stdio::null()))?;
    let mut node = Command::new("dbus-run-session");
    node.current_dir(scene.checkout.path("tests/window"))
        .args(["--config-file=support/bus.conf", "--", "node", "--test", "--test-concurrency=1"])
        .env("DISPLAY", &display)
        .env_remove("WAYLAND_DISPLAY");
    gate::whereabouts(scene.checkout, &mut node);
    scene.step("people with the window", &mut node)?;
    Ok(Verdict::Passed)
}

fn lacking(needed: &[&str]) -> Option<String> {
    if let Some(missing) = needed.iter().find(|program| !apt::on_path(program)) {
        return Some(format!("{missing} is not installed"));
    }
    (!gate::can_build_desktop()).then(|| "libwebkit2gtk-4.1-dev is not installed".to_owned())
}

/// `conclave stop` ends the window too, and with it the agents and the hold on the data folder.
fn stop(scene: &Scene, window: Running, data: &Path) -> Result<()> {
    let mut conclave = Command::new(scene.checkout.binary("conclave"));
    answer(conclave.arg("stop").arg("--data").arg(data))?;
    let status = window.wait_for(PATIENCE)?.context("the window stays open after `conclave stop`")?;
    ensure!(status.success(), "the window ended with {status}");
    let log = std::fs::read_to_string(scene.checkout.log("window-app"))?;
    ensure!(log.contains("DEBUG"), "the window's program writes no log:\n{log}");
    Ok(())
}

// As large as the window: what is seen is the window and nothing else.
fn open_screen() -> Result<(Running, String)> {
    let mut command = Command::new("Xvfb");
    command
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
        .args(["-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut screen = Running::start(&mut command).context("could not start Xvfb")?;
    let lines = lines_of(screen.take_stdout());
    let number = lines.recv_timeout(PATIENCE).context("Xvfb did not say which display it serves")?;
    Ok((screen, format!(":{}", number.trim())))
}

fn open_window(scene: &Scene, display: &str, data: &Path) -> Result<(Running, Receiver<String>)> {
    let binary = scene.checkout.binary("conclave-desktop");
    let log = std::fs::File::create(scene.checkout.log("window-app"))?;
    let mut command = Command::new(&binary);
    command
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env_remove("WAYLAND_DISPLAY")
        .env("CONCLAVE_DATA", data)
        .env("CONCLAVE_LOG", "debug")
        .env("HOME", data)
        .env("XDG_DATA_HOME", data.join("data"))
        .env("XDG_CONFIG_HOME", data.join("config"))
        .env("XDG_CACHE_HOME", data.join("cache"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log);
    gate::whereabouts(scene.checkout, &mut command);
    let mut window =
        Running::start(&mut command).with_context(|| format!("could not start {}", binary.display()))?;
    let lines = lines_of(window.take_stdout());
    Ok((window, lines))
}

fn wait_until_ready(lines: &Receiver<String>) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let line = lines
            .recv_timeout(left)
            .with_context(|| format!("the window never said '{READY}'; see target/xtask/window-app.log"))?;
        if line.trim() == READY {
            return Ok(());
        }
    }
}

fn look(scene: &Scene, display: &str) -> Result<()> {
    let tree = answer(Command::new("xwininfo").args(["-display", display, "-root", "-tree"]))?;
    ensure!(tree.contains(TITLE), "no window is titled Conclave:\n{tree}");
    let picture = scene.checkout.scratch().join("window.png");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let colours = photograph(display, &picture)?;
        if colours >= FEWEST_COLOURS {
            say(format!("window seen, {colours} colours: {}", picture.display()));
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("the window stayed blank ({colours} colours): {}", picture.display());
        }
        // The first paint may come after the page has called in.
        thread::park_timeout(Duration::from_millis(200));
    }
}

fn photograph(display: &str, picture: &Path) -> Result<u32> {
    answer(Command::new("import").args(["-display", display, "-window", "root"]).arg(picture))?;
    let colours = answer(Command::new("identify").args(["-format", "%k"]).arg(picture))?;
    Ok(colours.trim().parse()?)
}

fn answer(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("could not start {program}"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn lines_of(stdout: Option<ChildStdout>) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = stdout.into_iter().flat_map(|out| BufReader::new(out).lines());
        for line in lines.map_while(Result::ok) {
            // Nobody listening any more must not stop the reading: a full pipe blocks the child.
            let _ = sender.send(line);
        }
    });
    receiver
}

fn clear(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(())
}
