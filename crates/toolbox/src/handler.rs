use host::{Seat, Unheard, Word};
use model::{BallotId, CardId, PlanVerdict, QuestionId, Span};
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::misused::Misused;
use crate::tools::{self, AskPeople, ProposePlan, WaitForAnswer};

/// One slice of waiting: agents give a tool a minute, some less.
const SLICE: Span = Span::from_secs(45);

const ABOUT: &str = "People follow this session. Before you change files or run commands that change \
anything, put your plan to them with propose_plan and wait for their decision with wait_for_answer. What only \
they can know, ask them with ask_people.";
const PUT: &str = "The people have it now. Its id is";
const WAIT: &str = "Call wait_for_answer with this id, again and again, until it says what they decided. Change \
nothing before that.";
const APPROVED: &str = "The people approved this plan. Carry it out.";
const WITHDRAWN: &str =
    "Nobody will decide this any more: another plan has taken its place, or its turn is over.";

/// The tools in the hand of one agent's process.
pub struct Handler {
    seat: Seat,
}

/// For the model to read: what came of a call, or what it did wrong.
type Told = Result<String, Misused>;

impl Handler {
    pub fn new(seat: Seat) -> Self {
        Self { seat }
    }

    async fn propose(&self, ProposePlan { plan }: ProposePlan) -> Told {
        if plan.trim().is_empty() {
            return Err(Misused::EmptyPlan);
        }
        Ok(put(self.seat.propose(plan).await?))
    }

    async fn ask(&self, asked: AskPeople) -> Told {
        let asked = asked.question()?;
        Ok(put(self.seat.ask(asked).await?))
    }

    async fn wait(&self, WaitForAnswer { id }: WaitForAnswer) -> Told {
        let card = card(&id).ok_or(Unheard::Unknown)?;
        Ok(match self.seat.wait(card, SLICE).await? {
            Word::Waiting => format!(
                "Still waiting: the people have not decided yet. Call wait_for_answer again with the id {id}, and \
                 do nothing else meanwhile."
            ),
            Word::Plan(PlanVerdict::Approved) => APPROVED.to_owned(),
            Word::Plan(PlanVerdict::Denied { reason }) => format!(
                "The people did not approve this plan. Their reason: {reason}\nRevise the plan and propose it again."
            ),
            Word::Answers(answers) => tools::told(&answers),
            Word::Withdrawn => WITHDRAWN.to_owned(),
        })
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new(crate::NAME, env!("CARGO_PKG_VERSION")))
            .with_instructions(ABOUT)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let input = Value::Object(call.arguments.unwrap_or_default());
        let told = match call.name.as_ref() {
            tools::PROPOSE_PLAN => with(input, |input| self.propose(input)).await,
            tools::ASK_PEOPLE => with(input, |input| self.ask(input)).await,
            tools::WAIT_FOR_ANSWER => with(input, |input| self.wait(input)).await,
            other => return Err(ErrorData::invalid_params(format!("There is no tool {other:?}."), None)),
        };
        let result = match told {
            Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Err(misused) => CallToolResult::error(vec![ContentBlock::text(misused.to_string())]),
        };
        Ok(result.into())
    }
}

async fn with<I: DeserializeOwned, F: Future<Output = Told>>(
    input: Value,
    call: impl FnOnce(I) -> F,
) -> Told {
    call(serde_json::from_value(input)?).await
}

fn put(card: CardId) -> String {
    format!("{PUT} {}. {WAIT}", id(card))
}

fn id(card: CardId) -> String {
    match card {
        CardId::Ballot(BallotId(id)) => format!("plan-{id}"),
        CardId::Question(QuestionId(id)) => format!("question-{id}"),
        CardId::Permission(permission) => format!("permission-{}", permission.0),
    }
}

fn card(id: &str) -> Option<CardId> {
    let (kind, id) = id.trim().split_once('-')?;
    let id = Uuid::parse_str(id).ok()?;
    match kind {
        "plan" => Some(CardId::Ballot(BallotId(id))),
        "question" => Some(CardId::Question(QuestionId(id))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_card_and_nothing_else_does() {
        for asked in [CardId::Ballot(BallotId(Uuid::new_v4())), CardId::Question(QuestionId(Uuid::new_v4()))]
        {
            assert_eq!(card(&id(asked)), Some(asked));
            assert_eq!(card(&format!(" {}\n", id(asked))), Some(asked));
        }
        for wrong in ["", "plan", "plan-", "plan-1", "vote-7f1e0f52-9a40-4a53-9d0c-0f2b4d9f9b9d"] {
            assert_eq!(card(wrong), None, "{wrong}");
        }
    }
}
