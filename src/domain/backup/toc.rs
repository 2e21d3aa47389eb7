//! The table of contents of a dump in the custom format: every statement that restoring it sends to a
//! server, as it is sent. What pg_restore lists and prints of a forged one may hide some of them.
//!
//! As `ReadHead` and `ReadToc` of PostgreSQL's pg_backup_archiver.c read it, versions 1.12 (9.0) to
//! 1.16 (18).

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub id: u64,
    /// Data come with it: rows, or statements where there is no `copy`.
    pub has_data: bool,
    pub tag: String,
    /// `TABLE DATA`
    pub kind: String,
    pub schema: String,
    /// What is sent for it.
    pub makes: String,
    /// What would drop it, of which is made what gives it its owner.
    pub drops: String,
    /// What is sent before its data.
    pub copy: String,
}

/// Why there is no table of contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It goes on after these bytes.
    Cut,
    /// It is of no known form.
    Strange,
}

/// What stands before the entries.
struct Head {
    /// Of the format.
    minor: u8,
    offset_bytes: usize,
    /// `18.1 (Debian 18.1-1)`
    pg_dump_version: String,
}

/// Reads the beginning of a dump.
///
/// # Errors
/// See [`Unread`].
pub fn read(bytes: &[u8]) -> Result<Vec<Entry>, Unread> {
    let mut rest = Rest { bytes, ..Rest::default() };
    let Head { minor, offset_bytes, .. } = rest.head()?;
    let count = rest.int()?.ok_or(Unread::Strange)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        entries.push(rest.entry(minor, offset_bytes)?);
    }
    Ok(entries)
}

/// The version of the pg_dump that wrote it.
///
/// # Errors
/// See [`Unread`].
pub fn pg_dump_version(bytes: &[u8]) -> Result<String, Unread> {
    Ok(Rest { bytes, ..Rest::default() }.head()?.pg_dump_version)
}

#[derive(Default)]
struct Rest<'a> {
    bytes: &'a [u8],
    int_bytes: usize,
}

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Unread> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(Unread::Cut)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Unread> {
        Ok(self.take(1)?[0])
    }

    /// `None` of a negative number.
    fn int(&mut self) -> Result<Option<u64>, Unread> {
        let is_negative = self.byte()? != 0;
        let digits = self.take(self.int_bytes)?.iter().rev();
        let number = digits.fold(0, |number: u64, digit| number << 8 | u64::from(*digit));
        Ok((!is_negative).then_some(number))
    }

    fn bytes_of_text(&mut self) -> Result<Option<&'a [u8]>, Unread> {
        let Some(length) = self.int()? else { return Ok(None) };
        self.take(usize::try_from(length).map_err(|_| Unread::Strange)?).map(Some)
    }

    fn text(&mut self) -> Result<String, Unread> {
        let bytes = self.bytes_of_text()?.unwrap_or_default();
        // What pg_restore takes for its end.
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        Ok(String::from_utf8_lossy(&bytes[..end]).into_owned())
    }

    fn head(&mut self) -> Result<Head, Unread> {
        if self.take(5)? != b"PGDMP" {
            return Err(Unread::Strange);
        }
        let [major, minor, _] = *self.take(3)? else { return Err(Unread::Strange) };
        if major != 1 || !(12..=16).contains(&minor) {
            return Err(Unread::Strange);
        }
        self.int_bytes = self.byte()?.into();
        let offset_bytes = usize::from(self.byte()?);
        if !(4..=8).contains(&self.int_bytes) || offset_bytes > 32 || self.byte()? != 1 {
            return Err(Unread::Strange);
        }
        match minor {
            15.. => drop(self.byte()?),
            _ => drop(self.int()?),
        }
        // When it was made, then the database, its server's version and pg_dump's.
        (0..7).try_for_each(|_| self.int().map(drop))?;
        (0..2).try_for_each(|_| self.text().map(drop))?;
        Ok(Head { minor, offset_bytes, pg_dump_version: self.text()? })
    }

    fn entry(&mut self, minor: u8, offset_bytes: usize) -> Result<Entry, Unread> {
        let id = self.int()?.ok_or(Unread::Strange)?;
        let has_data = self.int()? != Some(0);
        // The catalogue's oid, and its own.
        (0..2).try_for_each(|_| self.text().map(drop))?;
        let (tag, kind) = (self.text()?, self.text()?);
        self.int()?;
        let (makes, drops) = (self.text()?, self.text()?);
        let (copy, schema) = (self.text()?, self.text()?);
        self.text()?;
        if minor >= 14 {
            self.text()?;
        }
        if minor >= 16 {
            self.int()?;
        }
        // Its owner, and whether its table has oids.
        (0..2).try_for_each(|_| self.text().map(drop))?;
        while self.bytes_of_text()?.is_some() {}
        self.take(1 + offset_bytes)?;
        Ok(Entry { id, has_data, tag, kind, schema, makes, drops, copy })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn int(number: u32) -> Vec<u8> {
        [&[0][..], &number.to_le_bytes()].concat()
    }

    fn text(text: &str) -> Vec<u8> {
        [int(u32::try_from(text.len()).unwrap()), text.as_bytes().to_vec()].concat()
    }

    fn dump(minor: u8, entry: &Entry) -> Vec<u8> {
        let mut bytes = [b"PGDMP", &[1, minor, 0, 4, 8, 1][..]].concat();
        bytes.extend(if minor >= 15 { vec![1] } else { [&[1][..], &1_u32.to_le_bytes()].concat() });
        bytes.extend((0..7).flat_map(int));
        bytes.extend(["inbox", "15.4", "16.1"].iter().flat_map(|one| text(one)));
        bytes.extend(int(1));
        bytes.extend(int(u32::try_from(entry.id).unwrap()));
        bytes.extend(int(entry.has_data.into()));
        bytes.extend(["1259", "16384", &entry.tag, &entry.kind].iter().flat_map(|one| text(one)));
        bytes.extend(int(3));
        let texts = [&entry.makes, &entry.drops, &entry.copy, &entry.schema, ""];
        bytes.extend(texts.iter().flat_map(|one| text(one)));
        bytes.extend(if minor >= 14 { text("heap") } else { Vec::new() });
        bytes.extend(if minor >= 16 { int(114) } else { Vec::new() });
        bytes.extend(["ana", "false", "12"].iter().flat_map(|one| text(one)));
        bytes.extend([1, 1, 0, 0, 0]);
        bytes.extend([0; 9]);
        bytes
    }

    fn entry() -> Entry {
        let [tag, kind, schema, makes, drops, copy] =
            ["t", "TABLE DATA", "public", "", "DROP x", "COPY public.t (i) FROM stdin;\n"]
                .map(str::to_owned);
        Entry { id: 7, has_data: true, tag, kind, schema, makes, drops, copy }
    }

    #[test]
    fn each_version_is_read() {
        for minor in 12..=16 {
            let bytes = dump(minor, &entry());
            assert_eq!(read(&bytes), Ok(vec![entry()]), "{minor}");
            assert_eq!(pg_dump_version(&bytes), Ok(String::from("16.1")), "{minor}");
        }
        assert_eq!(read(&dump(17, &entry())), Err(Unread::Strange));
        assert_eq!(read(b"-- PostgreSQL database dump"), Err(Unread::Strange));
    }

    proptest! {
        #[test]
        fn one_that_is_cut_goes_on(minor in 12..=16_u8, at in 0..1_000_usize) {
            let whole = dump(minor, &entry());
            prop_assume!(at < whole.len());
            prop_assert_eq!(read(&whole[..at]), Err(Unread::Cut));
        }

        #[test]
        fn one_that_was_changed_never_panics(at in 0..1_000_usize, to in any::<u8>()) {
            let mut changed = dump(16, &entry());
            if let Some(byte) = changed.get_mut(at) {
                *byte = to;
            }
            let _ = read(&changed);
        }
    }
}
