//! Two schemas compared, and the SQL that makes one into the other.
//!
//! The model is pure data; `store::catalog_snapshot` reads it.

pub mod create;
mod dependents;
mod diff;
mod difference;
mod enums;
pub mod identifier;
mod model;
mod normal;
mod order;
mod partition;
mod parts;
mod phase;
mod repair;
#[cfg(test)]
mod tests;
mod way;

pub use dependents::{Dependent, Obstacles, On, Question, in_the_way, questions, titles};
pub use diff::{Options, compare};
pub use difference::{Addition, Comparison, Detail, Difference, Problem, path_shown};
pub use model::{
    Catalog, Column, Constraint, ConstraintKind, Definition, DefinitionKind, Enum, Index,
    Partition, Policy, Reference, Table, Trigger,
};
pub use order::script;
pub use partition::is_month_of;
