use tokio::time::Instant;

/// A bucket of tokens that refills with time (PA6).
pub(super) struct Bucket {
    capacity: f64,
    per_second: f64,
    tokens: f64,
    last: Instant,
}

impl Bucket {
    pub fn new(per_second: u32, capacity: u32) -> Self {
        let (per_second, capacity) = (f64::from(per_second), f64::from(capacity));
        Self { capacity, per_second, tokens: capacity, last: Instant::now() }
    }

    /// Takes `amount` tokens if they are there.
    pub fn take(&mut self, amount: u32) -> bool {
        let now = Instant::now();
        let refill = now.duration_since(self.last).as_secs_f64() * self.per_second;
        self.tokens = (self.tokens + refill).min(self.capacity);
        self.last = now;
        let amount = f64::from(amount);
        if self.tokens < amount {
            return false;
        }
        self.tokens -= amount;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::limits::{COMMANDS_BURST, COMMANDS_PER_SECOND};
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn pa6_a_burst_is_allowed_and_then_the_rate_holds() {
        let mut bucket = Bucket::new(COMMANDS_PER_SECOND, COMMANDS_BURST);
        assert!((0..COMMANDS_BURST).all(|_| bucket.take(1)));
        assert!(!bucket.take(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        let taken = (0..COMMANDS_BURST).filter(|_| bucket.take(1)).count();
        assert_eq!(taken, COMMANDS_PER_SECOND as usize);
    }
}
