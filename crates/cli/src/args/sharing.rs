//! What can be said of shares, invites, people and devices.

use clap::{Args, Subcommand, ValueEnum};
use model::{Ceiling, Preset, Right, Span, TerminalRight};

use super::most::{Most, dollars, tokens};

#[derive(Subcommand, Debug)]
pub(crate) enum Share {
    New {
        /// Workspace: id, start of it, or name; can be given again.
        #[arg(long = "workspace", value_name = "W", required = true)]
        workspaces: Vec<String>,
        #[arg(long, value_enum, required_unless_present = "rights")]
        preset: Option<PresetName>,
        /// Instead of a preset; can be given again.
        #[arg(long = "right", value_enum, value_name = "RIGHT", conflicts_with = "preset")]
        rights: Vec<RightName>,
        #[command(flatten)]
        terms: Terms,
    },
    /// Change what a share offers, at once, also for those inside.
    Edit {
        share: String,
        /// These instead of the ones it has.
        #[arg(long = "workspace", value_name = "W")]
        workspaces: Vec<String>,
        #[arg(long, value_enum)]
        preset: Option<PresetName>,
        #[arg(long = "right", value_enum, value_name = "RIGHT", conflicts_with = "preset")]
        rights: Vec<RightName>,
        #[command(flatten)]
        terms: Terms,
    },
    List,
    /// The six-digit code that is shown is good no more.
    StopCode,
    /// Show a six-digit code for somebody beside you, until it is typed or its two minutes are over.
    Code {
        share: String,
    },
    Stop {
        share: String,
    },
}

/// What is left out stays as it is, or as most shares have it.
#[derive(Args, Debug)]
pub(crate) struct Terms {
    #[arg(long)]
    pub label: Option<String>,
    /// Plans pass by unanimous vote.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub consensus: Option<bool>,
    /// The owner is in every vote, or only when here.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub owner_always_votes: Option<bool>,
    /// The owner may decide against a vote, with a reason.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub overrides: Option<bool>,
    /// Where no vote is asked, the driver may decide plans.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub driver_decides: Option<bool>,
    /// Nothing is edited and no command is run before a plan was approved.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub plan_first: Option<bool>,
    /// How long an absent voter is waited for: 90s, 5m, 2h, 7d or never.
    #[arg(long, value_name = "TIME", value_parser = time_or_never)]
    pub absence: Option<Absence>,
    /// The most an agent may do unasked in a guest's turn [default: ask].
    #[arg(long, value_enum)]
    pub ceiling: Option<CeilingName>,
    /// What guests may do with terminals [default: none].
    #[arg(long, value_enum)]
    pub terminal: Option<TerminalName>,
    /// Guests may come by browser. Their link is unverified, and you are always asked.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub browsers: Option<bool>,
    /// You are asked to let each person in, whatever their invite says.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub consent: Option<bool>,
    /// The most tokens that each person's turns may take, or none.
    #[arg(long, value_name = "TOKENS", value_parser = tokens)]
    pub tokens_each: Option<Most>,
    /// The most dollars that each person's turns may take, or none.
    #[arg(long, value_name = "DOLLARS", value_parser = dollars)]
    pub dollars_each: Option<Most>,
    /// The most tokens that everybody's turns may take together, or none.
    #[arg(long, value_name = "TOKENS", value_parser = tokens)]
    pub tokens_total: Option<Most>,
    /// The most dollars that everybody's turns may take together, or none.
    #[arg(long, value_name = "DOLLARS", value_parser = dollars)]
    pub dollars_total: Option<Most>,
    /// When it ends: 90s, 5m, 2h, 7d from now, or never.
    #[arg(long = "for", value_name = "TIME", value_parser = time_or_never)]
    pub lifetime: Option<Absence>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Invite {
    New {
        share: String,
        /// How many people it lets in.
        #[arg(long, default_value_t = 1)]
        uses: u32,
        /// How long it is good for: 90s, 5m, 2h, 7d [default: 24h].
        #[arg(long = "for", value_name = "TIME", value_parser = time)]
        lifetime: Option<Span>,
        /// Let people in unasked. Not browsers, and not if the share asks for everybody.
        #[arg(long)]
        unasked: bool,
    },
    /// Those that still let somebody in.
    List {
        share: String,
    },
    Cancel {
        invite: String,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Person {
    List,
    /// They can watch, and nothing else.
    Mute(Member),
    Unmute(Member),
    /// Out of a share, at once; the rest of their invite is void.
    Kick(Member),
    /// Out of all shares, at once.
    Revoke {
        person: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Member {
    /// Person: id, start of it, or name.
    pub person: String,
    /// Needed if they are in several.
    #[arg(long, value_name = "SHARE")]
    pub share: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Device {
    /// Yours, and those of everybody in your shares.
    List,
    /// A link that lets one more device of yours in.
    Add,
    /// It opens nothing any more; its person stays.
    Revoke { device: String },
}

#[derive(Subcommand, Debug)]
pub(crate) enum Settings {
    Show,
    Change {
        /// What others see you called.
        #[arg(long)]
        name: Option<String>,
        /// Whether new shares ask for a unanimous vote on plans.
        #[arg(long, value_name = "BOOL")]
        consensus: Option<bool>,
        /// Whether others in the network see that this host is there, while it shares something.
        #[arg(long, value_name = "BOOL")]
        nearby: Option<bool>,
    },
}

/// A time, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Absence(pub Option<Span>);

#[derive(Debug, thiserror::Error)]
#[error("a time is a number and s, m, h or d, as in 90s or 7d")]
pub(crate) struct NotATime;

fn time(text: &str) -> Result<Span, NotATime> {
    let unit = match text.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        Some(_) | None => return Err(NotATime),
    };
    let count: u32 = text[..text.len() - 1].parse().map_err(|_| NotATime)?;
    Ok(Span::from_secs(u64::from(count) * unit))
}

fn time_or_never(text: &str) -> Result<Absence, NotATime> {
    match text {
        "never" => Ok(Absence(None)),
        text => time(text).map(|span| Absence(Some(span))),
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PresetName {
    Observer,
    Reviewer,
    Guest,
    Collaborator,
    CoHost,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CeilingName {
    Ask,
    AcceptEdits,
    Bypass,
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::Observer => Self::Observer,
            PresetName::Reviewer => Self::Reviewer,
            PresetName::Guest => Self::Guest,
            PresetName::Collaborator => Self::Collaborator,
            PresetName::CoHost => Self::CoHost,
        }
    }
}

impl From<CeilingName> for Ceiling {
    fn from(name: CeilingName) -> Self {
        match name {
            CeilingName::Ask => Self::Ask,
            CeilingName::AcceptEdits => Self::AcceptEdits,
            CeilingName::Bypass => Self::Bypass,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RightName {
    See,
    Vote,
    Suggest,
    Steer,
    Approve,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TerminalName {
    None,
    View,
    Drive,
}

impl From<RightName> for Right {
    fn from(name: RightName) -> Self {
        match name {
            RightName::See => Self::See,
            RightName::Vote => Self::Vote,
            RightName::Suggest => Self::Suggest,
            RightName::Steer => Self::Steer,
            RightName::Approve => Self::Approve,
        }
    }
}

impl From<TerminalName> for TerminalRight {
    fn from(name: TerminalName) -> Self {
        match name {
            TerminalName::None => Self::None,
            TerminalName::View => Self::View,
            TerminalName::Drive => Self::Drive,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        assert_eq!(time("90s").unwrap(), Span::from_secs(90));
        assert_eq!(time("7d").unwrap(), Span::from_secs(7 * 86_400));
        assert!(time_or_never("never").unwrap().0.is_none());
        for bad in ["", "s", "7", "-1h", "1é", "5000000000d"] {
            assert!(time(bad).is_err(), "{bad}");
        }
    }
}
