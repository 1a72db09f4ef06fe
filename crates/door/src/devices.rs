use model::{DeviceId, OwnerEvent, PersonId, Span, Timestamp, limits};

use crate::state::{Device, Standing};
use crate::{Admitted, Door, Refusal};

impl Door {
    /// Who a credential belongs to, if it is good right now.
    pub fn recognise(&self, credential_hash: &str, now: Timestamp) -> Option<Admitted> {
        let (id, device) = self.device_by(credential_hash)?;
        let good = device.standing == Standing::Good && self.is_in(device.person, now);
        good.then_some(Admitted { person: device.person, device: id, kind: device.kind })
    }

    /// How the person of a credential lost the last share, if that is why it opens nothing.
    pub fn lost(&self, credential_hash: &str) -> Option<model::VoidReason> {
        let (_, device) = self.device_by(credential_hash)?;
        self.people.get(&device.person)?.lost
    }

    /// A person's devices that open this host.
    pub fn devices_of(&self, person: PersonId) -> impl Iterator<Item = (DeviceId, &Device)> {
        self.devices().filter(move |(_, it)| it.person == person && it.standing == Standing::Good)
    }

    /// # Errors
    /// [`Refusal::DeviceUnknown`].
    pub fn revoke_device(&self, device: DeviceId) -> Result<Vec<OwnerEvent>, Refusal> {
        match self.devices.get(&device) {
            Some(known) if known.standing != Standing::Revoked => {
                Ok(vec![OwnerEvent::DeviceRevoked { device }])
            }
            Some(_) | None => Err(Refusal::DeviceUnknown),
        }
    }

    /// # Errors
    /// [`Refusal::DeviceUnknown`], also when it is somebody else's.
    pub fn revoke_own_device(&self, person: PersonId, device: DeviceId) -> Result<Vec<OwnerEvent>, Refusal> {
        self.devices.get(&device).filter(|it| it.person == person).ok_or(Refusal::DeviceUnknown)?;
        self.revoke_device(device)
    }

    /// Nothing while the last note of it is fresh.
    pub fn see_device(&self, device: DeviceId, now: Timestamp) -> Vec<OwnerEvent> {
        let stale =
            |known: &&Device| now - known.last_seen >= limits::SEEN_AGAIN && now - known.last_seen > Span(0);
        let known = self.devices.get(&device).filter(stale);
        known.map(|_| OwnerEvent::DeviceSeen { device }).into_iter().collect()
    }

    pub(crate) fn device_by(&self, credential_hash: &str) -> Option<(DeviceId, &Device)> {
        self.devices().find(|(_, device)| device.credential_hash == credential_hash)
    }

    pub(crate) fn apply_device(&mut self, event: &OwnerEvent, at: Timestamp) {
        match event {
            OwnerEvent::DeviceAdded {
                device, person, kind, label, credential_hash, invite, knock, ..
            } => {
                let added = Device {
                    person: *person,
                    kind: *kind,
                    label: label.clone(),
                    credential_hash: credential_hash.clone(),
                    standing: Standing::Good,
                    last_seen: at,
                };
                self.devices.insert(*device, added);
                if let Some(invite) = invite {
                    self.spend(*invite, *knock);
                }
            }
            OwnerEvent::DeviceRevoked { device } => {
                if let Some(known) = self.devices.get_mut(device) {
                    known.standing = Standing::Revoked;
                }
            }
            OwnerEvent::DeviceSeen { device } => {
                if let Some(known) = self.devices.get_mut(device) {
                    known.last_seen = at;
                }
            }
            _ => {}
        }
    }
}
