//! Writes compact JSON objects; nothing here reads any.

/// An object in the making; `finish` closes it.
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Object {
        let mut text = String::with_capacity(96);
        text.push('{');
        Object(text)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    /// Adds a member whose name needs no escapes.
    pub(crate) fn text(&mut self, name: &str, value: &str) -> &mut Object {
        self.name(name);
        push_quoted(&mut self.0, value);
        self
    }

    pub(crate) fn number(&mut self, name: &str, value: u64) -> &mut Object {
        self.name(name);
        push_number(&mut self.0, value);
        self
    }

    /// Adds a member that is JSON already.
    pub(crate) fn raw(&mut self, name: &str, value: &str) -> &mut Object {
        self.name(name);
        self.0.push_str(value);
        self
    }

    fn name(&mut self, name: &str) {
        if !self.is_empty() {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    pub(crate) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

fn push_quoted(out: &mut String, value: &str) {
    out.push('"');
    if value.bytes().any(|byte| byte < 0x20 || matches!(byte, b'"' | b'\\')) {
        for letter in value.chars() {
            match letter {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                letter if letter < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
                letter => out.push(letter),
            }
        }
    } else {
        out.push_str(value);
    }
    out.push('"');
}

/// Appends a number in decimal; `write!` would be several times slower.
pub(crate) fn push_number(out: &mut String, value: u64) {
    let mut digits = [0u8; 20];
    let mut start = digits.len();
    let mut left = value;
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.push_str(str::from_utf8(&digits[start..]).unwrap_or_default());
}

/// Appends the lowest `places` decimal digits of a number, with leading zeros.
pub(crate) fn push_padded(out: &mut String, value: u64, places: u32) {
    for place in (0..places).rev() {
        out.push(char::from(b'0' + (value / 10u64.pow(place) % 10) as u8));
    }
}

/// Appends hexadecimal digits, `places` of them.
pub(crate) fn push_hex(out: &mut String, value: u64, places: u32) {
    for place in (0..places).rev() {
        out.push(char::from(b"0123456789abcdef"[(value >> (place * 4) & 15) as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_json() {
        let mut object = Object::new();
        object.text("quote", "a \"b\" \\ \n\u{1}").number("n", 1203).raw("list", "[1]");
        let value: serde_json::Value = serde_json::from_str(&object.finish()).expect("JSON");
        assert_eq!(value["quote"], "a \"b\" \\ \n\u{1}");
        assert_eq!(value["n"], 1203);
        let mut padded = String::new();
        push_padded(&mut padded, 7, 3);
        push_hex(&mut padded, 0xab, 3);
        assert_eq!(padded, "0070ab");
    }
}
