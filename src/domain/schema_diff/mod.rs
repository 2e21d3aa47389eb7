//! Two schemas compared, and the SQL that makes one into the other.
//!
//! The model is pure data; `store::catalog_snapshot` reads it.

pub mod create;
mod diff;
pub mod identifier;
mod mend;
mod model;
mod normal;
mod partition;
mod parts;
#[cfg(test)]
mod tests;

pub use diff::{Detail, Difference, Options, Problem, differences};
pub use model::{
    Catalog, Column, Constraint, ConstraintKind, Definition, DefinitionKind, Enum, Index,
    Partition, Policy, Reference, Table, Trigger,
};
