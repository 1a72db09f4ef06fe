use agent_process::number::{count, micros};
use model::Usage;
use serde_json::Value;

/// Adds up what the agent reports: each step of its own model as it ends, and at the end of a turn whatever else was
/// spent in it, such as by its sub-agents. Each is told once, as what came since the last report (AG7).
#[derive(Debug, Default)]
pub struct Meter {
    step: Step,
    /// Of this process: what was told so far.
    told: Tally,
    context_used: u64,
    context_size: u64,
    /// What earlier processes of the conversation have cost is in its sums and not known: the first are passed over.
    is_blind: bool,
}

/// The sums of a process, in its own words.
fn total(models: &Value, cost: &Value) -> Tally {
    let sum = |keys: &[&str]| {
        let each = models.as_object().into_iter().flat_map(|models| models.values());
        each.flat_map(|model| keys.iter().map(|key| count(&model[*key]))).fold(0, u64::saturating_add)
    };
    Tally {
        input: sum(&["inputTokens", "cacheReadInputTokens", "cacheCreationInputTokens"]),
        output: sum(&["outputTokens"]),
        cost: micros(cost).unwrap_or(0),
    }
}

/// The message that is being said.
#[derive(Debug, Default)]
struct Step {
    input: u64,
    told: Tally,
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    input: u64,
    output: u64,
    cost: u64,
}

impl Meter {
    /// Earlier processes of the conversation have cost this; their turns were counted when they ran.
    pub fn resumed(&mut self, costs: Option<&Value>) {
        self.is_blind = costs.is_none();
        self.told =
            costs.map(|costs| total(&costs["model_usage"], &costs["total_cost_usd"])).unwrap_or_default();
    }

    /// A message begins: what it has read.
    pub fn begin(&mut self, message: &Value) {
        self.step = Step { input: read(&message["usage"]), told: Tally::default() };
    }

    /// What the message has cost so far.
    pub fn step(&mut self, usage: &Value) -> Option<Usage> {
        let step = &mut self.step;
        // A count of what was read can come late.
        step.input = step.input.max(read(usage));
        let output = count(&usage["output_tokens"]).max(step.told.output);
        let fresh = Tally { input: step.input - step.told.input, output: output - step.told.output, cost: 0 };
        step.told = Tally { input: step.input, output, cost: 0 };
        self.context_used = step.input.saturating_add(output);
        self.tell(fresh)
    }

    /// The end of a turn: the sums of the whole process.
    pub fn turn(&mut self, result: &Value) -> Option<Usage> {
        let models = &result["modelUsage"];
        let sizes = models.as_object().into_iter().flat_map(|models| models.values());
        let size = sizes.map(|model| count(&model["contextWindow"])).max();
        self.context_size = size.filter(|size| *size > 0).unwrap_or(self.context_size);
        let total = total(models, &result["total_cost_usd"]);
        if std::mem::take(&mut self.is_blind) {
            self.told = total;
        }
        let fresh = Tally {
            input: total.input.saturating_sub(self.told.input),
            output: total.output.saturating_sub(self.told.output),
            cost: total.cost.saturating_sub(self.told.cost),
        };
        self.tell(fresh)
    }

    fn tell(&mut self, fresh: Tally) -> Option<Usage> {
        self.told.input = self.told.input.saturating_add(fresh.input);
        self.told.output = self.told.output.saturating_add(fresh.output);
        self.told.cost = self.told.cost.saturating_add(fresh.cost);
        let is_something = fresh.input > 0 || fresh.output > 0 || fresh.cost > 0;
        is_something.then_some(Usage {
            input_tokens: fresh.input,
            output_tokens: fresh.output,
            cost_micros: fresh.cost,
            context_used: self.context_used,
            context_size: self.context_size,
        })
    }
}

/// With what came from and went to the cache.
fn read(usage: &Value) -> u64 {
    let keys = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"];
    keys.iter().map(|key| count(&usage[*key])).fold(0, u64::saturating_add)
}
