//! The driver against programs written in shell, over real pipes.

mod faults;
mod stage;
mod turns;
