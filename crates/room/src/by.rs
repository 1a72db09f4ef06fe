use model::{Ceiling, PersonId, Rejection, Right, Rights};

/// Who asks, by the live grant read immediately before (GR3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    pub person: PersonId,
    pub rights: Rights,
    pub muted: bool,
    pub ceiling: Ceiling,
}

impl By {
    /// The first three refusals of TU3, in its order. One of `any_of` is enough; the first names the lack.
    pub(crate) fn admit(&self, any_of: &[Right]) -> Result<(), Rejection> {
        if !self.rights.has(Right::See) {
            return Err(Rejection::NotFound);
        }
        if let Some(right) = any_of.first()
            && !any_of.iter().any(|right| self.rights.has(*right))
        {
            return Err(Rejection::Forbidden { right: *right });
        }
        if self.muted {
            return Err(Rejection::Muted);
        }
        Ok(())
    }

    pub(crate) fn owns(&self) -> bool {
        self.rights.has(Right::Own)
    }

    pub(crate) fn approves(&self) -> bool {
        self.owns() || self.rights.has(Right::Approve)
    }
}
