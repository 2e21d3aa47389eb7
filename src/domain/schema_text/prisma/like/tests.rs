//! Whatever somebody's schema.prisma says, it is followed or it is said why not.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

const MODELS: &str = include_str!("../../../../../tests/cli/db_generate_like/schema.prisma");
const FINGERPRINT: &str = include_str!("../../../../../docs/schema/schema.json");

static INBOX: LazyLock<Catalog> = LazyLock::new(|| serde_json::from_str(FINGERPRINT).unwrap());

fn on_inbox(text: &str, app_only: bool) -> Result<Alike, Wrong> {
    let map = Map::default();
    like(&INBOX, &INBOX, &Request { text, map: &map, app_only, schema: "public" })
}

/// What a slip of the hand makes of a text: some letters gone, and others in their place.
fn slipped(place: usize, gone: usize, instead: &str) -> String {
    let letters: Vec<char> = MODELS.chars().collect();
    let place = place % letters.len();
    let end = (place + gone).min(letters.len());
    let (before, after) = (&letters[..place], &letters[end..]);
    before.iter().chain(&instead.chars().collect::<Vec<_>>()).chain(after).collect()
}

#[test]
fn what_nobody_changed_is_followed() {
    let made = on_inbox(MODELS, true).unwrap();
    assert_eq!(on_inbox(&made.text, true).unwrap().text, made.text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_was_written_is_followed_as_it_is(
        place in any::<usize>(),
        gone in 0usize..40,
        instead in r#"[\[\](){}"@?:,./*\\\n a-zA-Zäß0-9]{0,6}"#,
        app_only: bool,
    ) {
        if let Ok(made) = on_inbox(&slipped(place, gone, &instead), app_only) {
            let again = on_inbox(&made.text, app_only);
            prop_assert_eq!(again.map(|again| again.text), Ok(made.text));
        }
    }
}
