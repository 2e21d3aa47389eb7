//! Text with brackets, and with texts between quotation marks in which none count.

/// Each letter outside of texts, with its place and the depth of brackets before it.
fn open_letters(text: &str) -> impl Iterator<Item = (usize, char, i32)> {
    let (mut depth, mut is_text, mut is_escaped) = (0, false, false);
    text.char_indices().filter_map(move |(place, letter)| {
        let was = is_text;
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            _ => {}
        }
        if was || is_text {
            return None;
        }
        let before = depth;
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        Some((place, letter, before))
    })
}

/// The place of the bracket that closes what was open before.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut letters = open_letters(text);
    letters.find(|(_, letter, depth)| *letter == ')' && *depth == 0).map(|(place, ..)| place)
}

/// What commas separate, outside of brackets and texts.
pub(super) fn list(text: &str) -> Vec<&str> {
    let commas = open_letters(text).filter(|(_, letter, depth)| *letter == ',' && *depth == 0);
    let mut places: Vec<usize> = commas.map(|(place, ..)| place).collect();
    places.push(text.len());
    let mut start = 0;
    let parts = places.into_iter().map(|end| {
        let part = text[start..end].trim();
        start = end + 1;
        part
    });
    parts.filter(|part| !part.is_empty()).collect()
}
