//! The driver against the rehearsal agent, a real program over real pipes.

mod faults;
mod modes;
mod stage;
mod turns;
