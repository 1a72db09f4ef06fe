use model::{InviteId, OwnerEvent, ShareId, Timestamp, limits};

use crate::admission::{Credential, Fresh, Redemption};
use crate::invites::InviteWish;
use crate::{Door, Refusal};

impl Door {
    /// Lets somebody in who has typed a good pairing code (PA3): the code was the owner's consent. In the
    /// log they come by an invite for one person, whose secret nobody has, so that all that holds for
    /// those who come by an invite holds for them.
    ///
    /// # Errors
    /// The share is gone, or this device was removed for ever.
    pub fn admit_by_code(
        &self,
        share: ShareId,
        (invite, secret_hash): (InviteId, String),
        who: &Credential,
        fresh: Fresh,
        now: Timestamp,
    ) -> Result<Vec<OwnerEvent>, Refusal> {
        let wish = InviteWish { uses: 1, lifetime: limits::PAIRING_CODE, consent: false };
        let mut events = self.mint_invite(share, (invite, secret_hash.clone()), wish, now)?;
        let mut door = self.clone();
        events.iter().for_each(|event| door.apply(event, now));
        match door.redeem((invite, &secret_hash), who, fresh, now)? {
            Redemption::Known(_) => return Ok(Vec::new()),
            Redemption::LetIn(let_in) => events.extend(let_in),
            Redemption::Waiting(knock) => events.extend(door.admit(knock, fresh, now)?),
            Redemption::Knock(knock, knocked) => {
                knocked.iter().for_each(|event| door.apply(event, now));
                events.extend(knocked);
                events.extend(door.admit(knock, fresh, now)?);
            }
        }
        Ok(events)
    }
}
