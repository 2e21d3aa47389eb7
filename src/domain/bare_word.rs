//! Texts that mean themselves, unquoted, in any shell.

/// What is longer isn't typed, and would fill the screen.
const LONGEST: usize = 200;

/// Whether bash, zsh, fish, elvish and PowerShell all take the text, put into a line as it is, for
/// one word that isn't an option: names come from strangers, and Enter runs what they say.
pub fn is_bare(text: &str) -> bool {
    // `=ls` is a path in zsh, `%self` a number in fish, `@x` and `,` are lists in PowerShell.
    let starts = |letter: char| letter.is_alphanumeric() || "_./+".contains(letter);
    text.starts_with(starts) && goes_on(text)
}

/// As [`is_bare`], of a path below a home that its reader has begun.
pub fn is_bare_at_home(path: &str) -> bool {
    path.strip_prefix("~/").is_some_and(goes_on)
}

fn goes_on(text: &str) -> bool {
    text.chars().count() <= LONGEST
        && text.chars().all(|letter| letter.is_alphanumeric() || "@._+-:/,%=".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_interpret_is_no_bare_word() {
        for text in ["ada@x.example", "+49170", "Ünsal_李", "./a-b.dump", "2026-01-01", "/etc/x"]
        {
            assert!(is_bare(text), "{text}");
        }
        let long = "x".repeat(LONGEST + 1);
        for text in [
            "",
            "$(x)@y",
            "`x`",
            "a b",
            "a\tb",
            "a\nb",
            "*@x",
            "a?",
            "[a]",
            "{a,b}",
            "a'b",
            "a\"b",
            "a\\b",
            "a;b",
            "a&b",
            "a|b",
            "a<b",
            "a>b",
            "a#b",
            "!x",
            "a!b",
            "a^b",
            "~root",
            "-rf",
            "=ls",
            "%self",
            "@x",
            ",a",
            ":a",
            "\u{1b}[2J",
            "a\u{7}",
            "a\u{b}b",
            "a\u{202e}b",
            "a\u{a0}b",
            "~/x",
            &long,
        ] {
            assert!(!is_bare(text), "{text:?}");
        }
        assert!(is_bare_at_home("~/") && is_bare_at_home("~/a/b.dump"));
        assert!(!is_bare_at_home("~root/x") && !is_bare_at_home("~/a b"));
    }
}
