//! Who made what of the changes (WS15).

use std::collections::{BTreeMap, BTreeSet};

use model::{
    ChangeMaker, Checkpoint, Edge, FileMakers, LineHow, MakerRun, Makers, PersonId, TurnEdge, TurnId,
    WorkspaceId, limits,
};
use ports::work::{FileStory, LineStory, TurnTrees};
use wire::{Failure, Reply};

use super::place::Place;
use crate::desk::work_failure;
use crate::host::Host;

/// Stretches that are looked at, the newest: each costs some calls of git.
const STRETCHES: usize = 400;

impl Host {
    pub(crate) async fn makers(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let (turns, stories) = self.stories(&place).await?;
        let makers = told(&turns, stories);
        let authors: BTreeSet<PersonId> = makers.makers.iter().filter_map(author).collect();
        let people = self.inner.shared.desk.names(authors).await;
        Ok(Reply::Makers { makers, people })
    }

    /// C6: who asked for what is committed, and which agent made it.
    pub(super) async fn trailers(&self, place: &Place, chosen: &[String]) -> Vec<(String, String)> {
        let Ok((turns, stories)) = self.stories(place).await else { return Vec::new() };
        let of_these = stories.iter().filter(|story| chosen.binary_search(&story.path).is_ok());
        let made: BTreeSet<usize> =
            of_these.flat_map(|story| story.makers.iter().flatten().copied()).collect();
        let made: Vec<&TurnEdge> = made.iter().filter_map(|at| turns.get(*at)).collect();
        let authors: BTreeSet<PersonId> = made.iter().map(|of| of.author).collect();
        let names = self.inner.shared.desk.names(authors).await;
        let asked = names.into_iter().map(|known| ("Asked-by".to_owned(), known.name.to_string()));
        let agents: BTreeSet<String> = made.iter().map(|of| of.agent.to_string()).collect();
        asked.chain(agents.into_iter().map(|agent| ("Made-with".to_owned(), agent))).collect()
    }

    async fn stories(&self, place: &Place) -> Result<(Vec<TurnEdge>, Vec<FileStory>), Failure> {
        let (trees, turns): (Vec<_>, Vec<_>) = place_turns(&place.work.checkpoints).into_iter().unzip();
        let since = place.since(model::ChangesSince::Base)?;
        let stories = self.inner.shared.parts.vcs.work().attribute(since, trees).await;
        Ok((turns, stories.map_err(work_failure)?))
    }
}

fn author(maker: &ChangeMaker) -> Option<PersonId> {
    match maker {
        ChangeMaker::Turn { author, .. } => Some(*author),
        ChangeMaker::Hand => None,
    }
}

/// The stretches between checkpoints in which a turn ran. What two ran at once counts for the one that began last.
fn place_turns(checkpoints: &[Checkpoint]) -> Vec<(TurnTrees, TurnEdge)> {
    let (mut running, mut stretches): (Vec<TurnEdge>, _) = (Vec::new(), Vec::new());
    let mut last: Option<&str> = None;
    for checkpoint in checkpoints {
        if let (Some(before), Some(turn)) = (last, running.last()) {
            let trees = TurnTrees { before: before.to_owned(), after: checkpoint.commit.clone() };
            stretches.push((trees, turn.clone()));
        }
        last = Some(&checkpoint.commit);
        match &checkpoint.of {
            Some(of) if of.edge == Edge::Before => {
                // A session has one turn at a time: what it left open was not kept to its end.
                running.retain(|known| known.session != of.session);
                running.push(of.clone());
            }
            Some(of) => running.retain(|known| known.turn != of.turn),
            None => {}
        }
    }
    let beyond = stretches.len().saturating_sub(STRETCHES);
    stretches.drain(..beyond);
    stretches
}

/// Each maker once, and the lines in runs.
fn told(turns: &[TurnEdge], stories: Vec<FileStory>) -> Makers {
    let mut known: BTreeMap<Option<TurnId>, u32> = BTreeMap::new();
    let mut makers = Vec::new();
    let mut number = |by: Option<usize>| {
        let of = by.and_then(|at| turns.get(at));
        *known.entry(of.map(|of| of.turn)).or_insert_with(|| {
            makers.push(match of {
                Some(TurnEdge { session, turn, author, agent, .. }) => {
                    let (session, turn, author, agent) = (*session, *turn, *author, agent.clone());
                    ChangeMaker::Turn { session, turn, author, agent }
                }
                None => ChangeMaker::Hand,
            });
            u32::try_from(makers.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let (mut files, mut left) = (Vec::new(), limits::MAKER_RUNS);
    for story in stories.into_iter().take(limits::CHANGED_FILES) {
        let mut of_file: Vec<u32> = story.makers.iter().map(|by| number(*by)).collect();
        of_file.sort_unstable();
        of_file.dedup();
        let runs = runs(&story.lines, &mut number);
        let fits = runs.len() <= left;
        left -= if fits { runs.len() } else { 0 };
        let runs = if fits { runs } else { Vec::new() };
        files.push(FileMakers { path: story.path, makers: of_file, runs });
    }
    Makers { makers, files }
}

fn runs(lines: &[LineStory], number: &mut impl FnMut(Option<usize>) -> u32) -> Vec<MakerRun> {
    let mut runs: Vec<MakerRun> = Vec::new();
    for how in [LineHow::Removed, LineHow::Added] {
        for line in lines.iter().filter(|line| line.how == how) {
            let maker = number(line.by);
            match runs.last_mut() {
                Some(run) if run.how == how && run.maker == maker && run.to + 1 == line.number => {
                    run.to = line.number;
                }
                _ => runs.push(MakerRun { how, from: line.number, to: line.number, maker }),
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{AgentKey, SessionId};
    use uuid::Uuid;

    fn edge(turn: u128, edge: Edge) -> Option<TurnEdge> {
        let (session, author) = (SessionId(Uuid::from_u128(turn % 2)), PersonId(Uuid::from_u128(2)));
        let turn = TurnId(Uuid::from_u128(turn));
        Some(TurnEdge { session, turn, edge, author, agent: AgentKey("a".into()) })
    }

    fn kept(number: u64, of: Option<TurnEdge>) -> Checkpoint {
        Checkpoint { number, commit: number.to_string(), of }
    }

    #[test]
    fn ws15_between_checkpoints_the_turn_that_began_last_is_the_maker() {
        let all = [
            kept(1, edge(7, Edge::Before)),
            kept(2, edge(7, Edge::After)),
            kept(3, None),
            kept(4, edge(8, Edge::Before)),
            kept(5, edge(9, Edge::Before)),
            kept(6, edge(8, Edge::After)),
            kept(7, edge(9, Edge::After)),
        ];
        let told: Vec<(String, String, u128)> = place_turns(&all)
            .into_iter()
            .map(|(trees, of)| (trees.before, trees.after, of.turn.0.as_u128()))
            .collect();
        let wanted = [("1", "2", 7), ("4", "5", 8), ("5", "6", 9), ("6", "7", 9)];
        assert_eq!(told, wanted.map(|(a, b, turn)| (a.to_owned(), b.to_owned(), turn)));
    }

    #[test]
    fn ws15_lines_that_follow_each_other_are_told_as_one_run() {
        let line = |how, number, by| LineStory { how, number, by };
        let lines = vec![
            line(LineHow::Removed, 1, None),
            line(LineHow::Added, 1, Some(0)),
            line(LineHow::Added, 2, Some(0)),
            line(LineHow::Added, 4, Some(0)),
            line(LineHow::Added, 5, None),
        ];
        let of = edge(7, Edge::Before).unwrap();
        let makers = told(&[of], vec![FileStory { path: "x".into(), makers: vec![Some(0), None], lines }]);
        assert_eq!(makers.makers.len(), 2);
        let [file] = makers.files.as_slice() else { panic!() };
        let runs: Vec<(u32, u32, u32)> = file.runs.iter().map(|run| (run.from, run.to, run.maker)).collect();
        assert_eq!(runs, [(1, 1, 1), (1, 2, 0), (4, 4, 0), (5, 5, 1)]);
    }
}
