//! `inboxctl retention`: policies and holds; and the engine that all commands
//! share that delete by age.

pub mod alone;
pub mod args;
pub mod ending;
pub mod engine;
pub mod run_record;
pub mod survey;
pub mod upkeep;
pub mod view;
