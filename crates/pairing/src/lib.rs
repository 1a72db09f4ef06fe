//! Pairing by a six-digit code (PA3): the exchange between two programs that share nothing but the
//! code, and the host's count of codes and tries. Pure: time and chance come in as arguments.

mod code;
mod codes;
mod exchange;

pub use code::{Code, CodeMalformed};
pub use codes::{Codes, Outcome, Refusal, Standing, Ticket};
pub use exchange::{
    Begun, ExchangeFailed, MAC_BYTES, MESSAGE_BYTES, Offered, PAIRING_VERSION, Parties, Seed, Wait,
};
