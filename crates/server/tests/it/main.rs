//! A real host and real sockets.

mod guests;
mod limits;
mod page;
