use std::sync::{Mutex, MutexGuard, PoisonError};

use mdns_sd::{IfKind, IfPredicate, Receiver, ServiceDaemon, ServiceEvent, ServiceInfo};
use ports::nearby::{Advert, Nearby, Sighting};
use tokio::sync::watch;

use crate::record::{Record, SERVICE};
use crate::sightings::Sightings;

/// Networks between a machine and its own containers: nobody else is there.
const VIRTUAL: [&str; 6] = ["docker", "br-", "veth", "virbr", "vmnet", "cni"];

/// Which of the machine's networks it speaks in and listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those that lead to other machines.
    Networks,
    /// These interfaces alone.
    Interfaces(Vec<String>),
}

#[derive(Debug, thiserror::Error)]
#[error("Hosts nearby can't be looked for: {0}. Invites work as ever.")]
pub struct DiscoveryError(#[from] mdns_sd::Error);

/// Speaks and listens until it is dropped.
pub struct Discovery {
    daemon: ServiceDaemon,
    state: Mutex<State>,
    seen: watch::Sender<Sightings>,
}

#[derive(Default)]
struct State {
    announced: Option<(Advert, String)>,
    searching: bool,
}

impl Discovery {
    /// # Errors
    /// The system gives no thread or no wake-up for it. A network without multicast is none.
    pub fn start(reach: &Reach) -> Result<Self, DiscoveryError> {
        let daemon = ServiceDaemon::new()?;
        match reach {
            Reach::Networks => {
                let inward = |name: &str| VIRTUAL.iter().any(|prefix| name.starts_with(prefix));
                let inward = IfPredicate::new(move |it| it.is_loopback() || inward(&it.name));
                daemon.disable_interface(IfKind::Predicate(inward))?;
            }
            Reach::Interfaces(names) => {
                daemon.disable_interface(IfKind::All)?;
                let named: Vec<IfKind> = names.iter().cloned().map(IfKind::Name).collect();
                daemon.enable_interface(named)?;
            }
        }
        Ok(Self { daemon, state: Mutex::default(), seen: watch::Sender::default() })
    }

    /// Who is around, now and from now on. The first look begins the search.
    pub fn watch(&self) -> watch::Receiver<Sightings> {
        if let Err(error) = self.search() {
            tracing::warn!(%error, "hosts nearby can't be looked for");
        }
        self.seen.subscribe()
    }

    fn register(&self, advert: &Advert) -> Result<String, mdns_sd::Error> {
        let record = Record::of(advert);
        let host = format!("{}.local.", record.instance);
        let texts: Vec<(String, String)> = record
            .texts
            .into_iter()
            .map(|(key, value)| (key, String::from_utf8_lossy(&value).into()))
            .collect();
        let info = ServiceInfo::new(SERVICE, &record.instance, &host, "", record.port, texts.as_slice())?;
        let info = info.enable_addr_auto();
        let name = info.get_fullname().to_owned();
        self.daemon.register(info)?;
        Ok(name)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn search(&self) -> Result<(), mdns_sd::Error> {
        let mut state = self.lock();
        if !state.searching {
            let events = self.daemon.browse(SERVICE)?;
            tokio::spawn(listen(events, self.seen.clone()));
            state.searching = true;
        }
        Ok(())
    }
}

impl Nearby for Discovery {
    fn announce(&self, advert: Advert) {
        let mut state = self.lock();
        if state.announced.as_ref().is_some_and(|(known, _)| *known == advert) {
            return;
        }
        self.seen.send_modify(|seen| seen.skip(Some(advert.hint.clone())));
        match self.register(&advert) {
            Ok(name) => state.announced = Some((advert, name)),
            Err(error) => tracing::warn!(%error, "this host can't be announced nearby"),
        }
    }

    fn withdraw(&self) {
        let Some((_, name)) = self.lock().announced.take() else { return };
        // The answer only says that the goodbye went out.
        if let Err(error) = self.daemon.unregister(&name) {
            tracing::warn!(%error, "the network could not be told that this host is gone");
        }
    }

    fn seen(&self) -> Vec<Sighting> {
        self.watch().borrow().list()
    }
}

impl Drop for Discovery {
    fn drop(&mut self) {
        self.withdraw();
        // It ends with the process at the latest.
        self.daemon.shutdown().ok();
    }
}

async fn listen(events: Receiver<ServiceEvent>, seen: watch::Sender<Sightings>) {
    while let Ok(event) = events.recv_async().await {
        match event {
            ServiceEvent::ServiceResolved(found) => {
                let instance = found.fullname.clone();
                let addresses = found.addresses.iter().map(mdns_sd::ScopedIp::to_ip_addr).collect();
                let text =
                    |it: &mdns_sd::TxtProperty| (it.key().to_owned(), it.val().unwrap_or_default().to_vec());
                let texts = found.txt_properties.iter().map(text).collect();
                let record = Record { instance, port: found.port, addresses, texts };
                seen.send_modify(|seen| seen.see(&record));
            }
            ServiceEvent::ServiceRemoved(_, name) => seen.send_modify(|seen| seen.lose(&name)),
            _ => {}
        }
    }
}
