//! Comments that say which rule a migration breaks on purpose, in squawk's words:
//! `-- squawk-ignore rule, rule` above a statement or beside it, and
//! `-- squawk-ignore-file rule` anywhere.

use std::collections::BTreeSet;

use squawk_linter::Rule as SquawkRule;
use squawk_linter::ignore::{IgnoreKind, ignore_rule_info};
use squawk_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use super::{Hit, position, table};

#[derive(Debug, Default)]
pub(super) struct Ignores {
    comments: Vec<Comment>,
    /// Bytes before each line.
    lines: Vec<usize>,
}

#[derive(Debug)]
struct Comment {
    names: BTreeSet<String>,
    /// The lines that it speaks of; every line if there are none.
    lines: Vec<usize>,
    start: usize,
}

impl Ignores {
    pub(super) fn read(root: &SyntaxNode, text: &str) -> Ignores {
        let tokens = root.descendants_with_tokens().filter_map(|element| element.into_token());
        let comments = tokens.filter_map(|token| comment(&token, text)).collect();
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Ignores { comments, lines: std::iter::once(0).chain(ends).collect() }
    }

    /// Whether a comment says so of the hit, or of the statement that it is in.
    pub(super) fn cover(&self, hit: &Hit, statement_start: usize) -> bool {
        let places = [self.line(hit.start), self.line(statement_start)];
        self.comments.iter().any(|comment| {
            comment.names.contains(hit.rule.name)
                && (comment.lines.is_empty()
                    || comment.lines.iter().any(|line| places.contains(line)))
        })
    }

    /// Names that no rule has: such a comment doesn't do what its author thinks.
    pub(super) fn unknown(&self) -> Vec<Hit> {
        let is_known =
            |name: &str| table::find(name).is_some() || SquawkRule::try_from(name).is_ok();
        let mut hits = Vec::new();
        for comment in &self.comments {
            let what = match comment.names.iter().find(|name| !is_known(name)) {
                Some(name) => format!("There is no rule `{name}`: the comment ignores nothing."),
                None if comment.names.is_empty() => {
                    String::from("It names no rule: the comment ignores nothing.")
                }
                None => continue,
            };
            let hit = Hit::new("unknown-ignore", comment.start, comment.start);
            hits.extend(hit.map(|hit| hit.saying(what)));
        }
        hits
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }
}

fn comment(token: &SyntaxToken, text: &str) -> Option<Comment> {
    let (names, _, kind) = ignore_rule_info(token)?;
    let names = names.split(',').map(|name| name.trim().to_owned());
    let start = usize::from(token.text_range().start());
    let own_line = position(text, start).0;
    let lines = match kind {
        IgnoreKind::File => Vec::new(),
        IgnoreKind::Line => {
            let next = next_word(token).map(|next| usize::from(next.text_range().start()));
            let next_line = next.map(|next| position(text, next).0);
            std::iter::once(own_line).chain(next_line).collect()
        }
    };
    Some(Comment { names: names.filter(|name| !name.is_empty()).collect(), lines, start })
}

/// What follows, beyond blanks and further comments.
fn next_word(token: &SyntaxToken) -> Option<SyntaxToken> {
    let is_word =
        |next: &SyntaxToken| !matches!(next.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT);
    std::iter::successors(token.next_token(), SyntaxToken::next_token).find(is_word)
}
