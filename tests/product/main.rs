//! The whole product: the programs as people run them, real TLS, SQLite, git and agents.

mod bad_agents;
mod checkout;
mod claude;
mod corpus;
mod data_folder;
mod dialled;
mod host;
mod images;
mod journey;
mod keyring;
mod malice;
mod native;
mod nearby;
mod opencode;
mod peers;
mod plan_first;
mod power_cut;
mod proofs;
mod repositories;
mod room;
mod toolbox;
mod two_networks;
