//! Frames about agents, and what their turns took.

use model::*;
use wire::*;

use super::{command, id, session};

pub fn requests() -> Vec<Request> {
    let (command, repository) = (command(), RepositoryId(id(12)));
    let agent = || AgentKey("opencode".into());
    vec![
        Request::ProbeAgent { agent: agent() },
        Request::RepositoryAgents,
        Request::TrustRepositoryAgents { command, repository, hash: "0a".repeat(32) },
        Request::ForgetRepositoryAgents { command, repository },
        Request::SetAgentEnabled { command, agent: agent(), enabled: false },
    ]
}

pub fn replies() -> Vec<Reply> {
    vec![
        Reply::Agents { agents: vec![AgentRow { details: None, ..agent_row() }] },
        Reply::Agent { agent: Box::new(agent_row()) },
        brought(),
        usage(),
    ]
}

fn usage() -> Reply {
    let taken = Usage {
        input_tokens: 36_100,
        output_tokens: 2_100,
        cost_micros: 410_000,
        context_used: 40_000,
        context_size: 200_000,
    };
    let person = PersonId(id(2));
    let spent = Spent { person, agent: AgentKey("opencode".into()), turns: 3, usage: taken };
    let tools = vec![ToolUse { kind: ToolKind::Execute, calls: 5, failed: 1 }];
    let spending = Spending { spent: vec![spent], tools };
    let budget = Budget { tokens: Some(200_000), cost_micros: None };
    let bea = PersonName { person, name: DisplayName::parse("Bea").unwrap() };
    Reply::Usage {
        sessions: vec![SessionSpending { session: session(), spending }],
        people: vec![bea],
        allowance: Some(Allowance { budget, taken, together: true }),
    }
}

fn brought() -> Reply {
    let found = FoundAgents { hash: "0a".repeat(32), agents: vec![named()], fault: None };
    let repositories = vec![RepositoryAgents {
        repository: RepositoryId(id(12)),
        name: "ledger".into(),
        found: Some(found),
        trusted: None,
    }];
    Reply::RepositoryAgents { repositories }
}

fn named() -> NamedAgent {
    NamedAgent {
        name: "Reviewer".into(),
        base: AgentKey("opencode".into()),
        prompt: "You review.".into(),
        model: Some("openai/gpt-6".into()),
        mode: None,
        effort: None,
        tools: Some(ToolList([ToolGroup::Read, ToolGroup::Search].into())),
        budget: Some(Budget { tokens: Some(100_000), cost_micros: None }),
    }
}

fn agent_row() -> AgentRow {
    let offer = |id: &str, name: &str| Offer { id: id.into(), name: name.into() };
    let check = AgentCheck {
        at: Timestamp(1_700_000_000_000),
        version: Some("1.18.33".into()),
        login: Login::Unknown,
        commands: Some(12),
        failure: None,
    };
    AgentRow {
        agent: AgentKey("opencode".into()),
        name: "OpenCode".into(),
        found: true,
        enabled: true,
        rehearsal: false,
        can_be_limited: true,
        ceilings: [("build".to_owned(), Ceiling::Ask)].into(),
        offers: AgentOffers {
            models: vec![offer("openai/gpt-6", "GPT 6")],
            modes: vec![offer("build", "Build"), offer("plan", "Plan")],
            efforts: vec![offer("high", "High")],
            no_images: true,
            steers: true,
        },
        repository: None,
        details: Some(AgentDetails {
            named: Some(named()),
            hint: None,
            program: Some("~/.nvm/versions/node/v24.1.0/bin/opencode".into()),
            source: Some("nvm".into()),
            install: Some("npm install -g opencode-ai".into()),
            key: Some(KeyWanted { variable: "OPENAI_API_KEY".into(), is_set: false }),
            check: Some(check),
            due: false,
        }),
    }
}
