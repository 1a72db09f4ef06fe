//! A real host and real sockets.

mod elsewhere;
mod guests;
mod limits;
mod page;
