//! A real host and real sockets.

mod elsewhere;
mod exchange;
mod guests;
mod holes;
mod limits;
mod page;
mod stopping;
mod terminals;
mod trusted;
mod watching;
mod work;
