//! The built-in agent over stdio: the program a host starts.

use std::collections::BTreeMap;
use std::sync::Arc;

use agent_native::{Endpoint, Limits, Parts, Reach, Settings, Shell, Terms, Web, key, lines, serve};
use clap::Parser;

/// A coding agent that speaks ACP on stdio. It is told by its environment which model to ask.
#[derive(Parser)]
#[command(version, name = "conclave-agent")]
struct Arguments {}

fn main() -> anyhow::Result<()> {
    Arguments::parse();
    // First of all, while nothing else runs: it may begin the program again.
    let key = key()?;
    hide();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let env: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let settings = Settings::read(&env, key)?;
        let parts = Parts {
            mind: Arc::new(Endpoint::new(&settings)?),
            shell: Shell::new(&env),
            web: Web { reach: Reach::Public },
            model: settings.model,
            context: settings.context,
            state: settings.state,
            limits: Limits::default(),
            terms: Terms::read(&env),
        };
        serve(parts, lines(tokio::io::stdin(), tokio::io::stdout())).await?;
        anyhow::Ok(())
    })?;
    // The thread that reads stdin may still wait for a line.
    std::process::exit(0)
}

/// Commands that the model runs belong to the same user: they must not read the key in our memory.
fn hide() {
    #[cfg(target_os = "linux")]
    if let Err(error) = nix::sys::prctl::set_dumpable(false) {
        eprintln!("the memory of this program can be read by others of this user: {error}");
    }
}
