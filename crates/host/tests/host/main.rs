//! The host on a stage: a real host over the in-memory log, with an agent whose every word the test
//! speaks. The real things pass the contract suites of the same ports.

mod agents;
mod cast;
mod client;
mod commands;
mod delivery;
mod doorway;
mod elsewhere;
mod faults;
mod files;
mod images;
mod layouts;
mod log;
mod looked_up;
mod memory;
mod named;
mod pairing;
mod people;
mod plan_first;
mod pressure;
mod recovery;
mod shaky_store;
mod speech;
mod spending;
mod stage;
mod suggestions;
mod table;
mod terminals;
mod toolbox;
mod turns;
mod watchdog;
mod workspaces;
