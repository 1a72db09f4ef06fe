use agent_process::number::{count, micros};
use model::Usage;
use serde_json::Value;

/// Adds up what the agent reports. Tokens and money are told once each, as what came since the last
/// report; the context is a level (AG7).
#[derive(Debug, Default)]
pub struct Meter {
    /// Money of the whole conversation so far; `None` until the first report of a resumed one, whose
    /// earlier turns were counted when they ran.
    spent: Option<u64>,
    context_used: u64,
    context_size: u64,
}

impl Meter {
    pub fn fresh() -> Self {
        Self { spent: Some(0), ..Self::default() }
    }

    /// A `usage_update`: the context's level and the money spent in all.
    pub fn update(&mut self, update: &Value) -> Usage {
        self.context_used = count(&update["used"]);
        self.context_size = count(&update["size"]);
        let mut usage = self.level();
        if let Some(total) = dollars(&update["cost"]) {
            usage.cost_micros = total.saturating_sub(self.spent.unwrap_or(total));
            self.spent = Some(total.max(self.spent.unwrap_or(0)));
        }
        usage
    }

    /// The tokens of a turn, from the answer to its prompt.
    pub fn turn(&mut self, result: &Value) -> Option<Usage> {
        let quota = &result["_meta"]["quota"]["token_count"];
        let tokens = [&result["usage"], quota].into_iter().find(|tokens| tokens.is_object())?;
        self.step(tokens)
    }

    /// The tokens of one step of the model.
    pub fn step(&mut self, tokens: &Value) -> Option<Usage> {
        let sum =
            |keys: &[&str]| keys.iter().fold(0, |sum: u64, key| sum.saturating_add(count(&tokens[*key])));
        let usage = Usage {
            input_tokens: sum(&["inputTokens", "cachedReadTokens", "cachedWriteTokens", "input_tokens"]),
            output_tokens: sum(&["outputTokens", "thoughtTokens", "output_tokens"]),
            ..self.level()
        };
        (usage.input_tokens > 0 || usage.output_tokens > 0).then_some(usage)
    }

    fn level(&self) -> Usage {
        Usage { context_used: self.context_used, context_size: self.context_size, ..Usage::default() }
    }
}

fn dollars(cost: &Value) -> Option<u64> {
    let known = cost["currency"].as_str().is_none_or(|currency| currency.eq_ignore_ascii_case("usd"));
    micros(&cost["amount"]).filter(|_| known)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ag7_input_has_the_cache_and_output_the_reasoning() {
        let result = json!({"usage": {"inputTokens": 10, "cachedReadTokens": 5, "cachedWriteTokens": 2,
            "outputTokens": 3, "thoughtTokens": 4, "totalTokens": 24}});
        let usage = Meter::fresh().turn(&result).unwrap();
        assert_eq!((usage.input_tokens, usage.output_tokens), (17, 7));
    }

    #[test]
    fn ag7_bad_numbers_count_nothing() {
        for bad in [json!(-1), json!("12"), json!(null), json!(1e300), json!(-0.5), json!({}), json!([1])] {
            let result = json!({"usage": {"inputTokens": bad, "outputTokens": 3}});
            let usage = Meter::fresh().turn(&result).unwrap();
            assert_eq!((usage.input_tokens, usage.output_tokens), (0, 3), "{bad}");
            let update = json!({"used": bad, "size": bad, "cost": {"amount": bad, "currency": "USD"}});
            assert_eq!(Meter::fresh().update(&update), Usage::default(), "{bad}");
        }
        assert_eq!(Meter::fresh().turn(&json!({"usage": {}})), None);
    }

    #[test]
    fn ag7_the_cost_so_far_is_told_as_what_came_on_top() {
        let cost = |amount: f64| json!({"used": 1, "size": 2, "cost": {"amount": amount, "currency": "USD"}});
        let mut meter = Meter::fresh();
        let told: Vec<u64> =
            [0.00028, 0.00042, 0.0001].iter().map(|total| meter.update(&cost(*total)).cost_micros).collect();
        assert_eq!(told, [280, 140, 0]);
        let mut resumed = Meter::default();
        assert_eq!(resumed.update(&cost(1.0)).cost_micros, 0);
        assert_eq!(resumed.update(&cost(1.5)).cost_micros, 500_000);
    }
}
