//! Oneself, at one's own host or at another.

use anyhow::{Result, ensure};
use wire::{Reply, Request};

use super::desk::Desk;
use super::people::device_line;
use super::{fresh, said};
use crate::args::Me;
use crate::output::{Said, table};
use crate::resolve::{self, Candidate, Kind};

pub async fn me(desk: &mut Desk, order: Me) -> Result<Said> {
    let command = fresh();
    match order {
        Me::Name { name } => {
            let reply = desk.call(Request::RenameMe { command, name }).await?;
            let Reply::Renamed { name } = &reply else { return said(&reply, "") };
            said(&reply, format!("You are {name} there."))
        }
        Me::Devices => {
            let reply = desk.call(Request::MyDevices).await?;
            let Reply::Devices { devices } = &reply else { return said(&reply, "") };
            let lines: Vec<Vec<String>> = devices.iter().map(|row| device_line("you", row)).collect();
            said(&reply, table(&lines, "No devices."))
        }
        Me::Revoke { device } => {
            let Reply::Devices { devices } = desk.call(Request::MyDevices).await? else {
                return said(&Reply::Done, "");
            };
            let all = devices.into_iter().map(|row| Candidate {
                id: row.device,
                written: row.device.to_string(),
                names: vec![row.label],
            });
            let device = resolve::find(all, &device, Kind { name: "device", list: "conclave me devices" })?;
            let reply = desk.call(Request::RevokeMyDevice { command, device }).await?;
            said(&reply, "This device opens nothing there any more.")
        }
        Me::Leave { yes } => {
            ensure!(yes, "This takes you out of all shares of that host. Say --yes to do it.");
            said(&desk.call(Request::Leave { command }).await?, "You have left.")
        }
    }
}
