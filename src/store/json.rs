//! `jsonb` as the text that it is: for `deserialize_as = DbJson` and for binding.

use std::io::Write;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Jsonb;

use crate::domain::raw_json::RawJson;

#[derive(Debug, Clone, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
pub struct DbJson(pub RawJson);

/// The binary form is this byte and then the text.
const VERSION: u8 = 1;

impl FromSql<Jsonb, Pg> for DbJson {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<DbJson> {
        let text = match value.as_bytes() {
            [VERSION, text @ ..] => std::str::from_utf8(text)?,
            _ => return Err("jsonb in a form that isn't known".into()),
        };
        Ok(DbJson(RawJson::parse(text.to_owned())?))
    }
}

impl ToSql<Jsonb, Pg> for DbJson {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&[VERSION])?;
        out.write_all(self.0.text().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl From<DbJson> for RawJson {
    fn from(json: DbJson) -> RawJson {
        json.0
    }
}
