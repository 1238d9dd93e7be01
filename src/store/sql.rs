//! Statements in SQL that both databases read, where sea-query has no words for them or would bind each value of each row
//! by itself: lists of values beside an UPDATE, and many rows or ids as one value. Such a value is JSON on both, so
//! that a statement is the same for any number of rows and is prepared once.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What a column of rows in JSON holds.
#[derive(Clone, Copy)]
pub enum Kind {
    Id,
    Text,
    Whole,
    Flag,
}

pub struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(db: &impl ConnectionTrait, text: &str) -> Self {
        Sql { backend: db.get_database_backend(), text: text.to_owned(), values: Vec::new() }
    }

    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        match self.backend {
            DbBackend::Postgres => self.text.push_str(&format!("${}", self.values.len())),
            _ => self.text.push('?'),
        }
        self
    }

    /// Values in a row with commas between them.
    pub fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        for (place, value) in values.into_iter().enumerate() {
            self.push(if place == 0 { "" } else { ", " }).value(value);
        }
        self
    }

    /// `column` is one of these ids.
    pub fn among(&mut self, column: &str, ids: impl Iterator<Item = Uuid>) -> &mut Self {
        let mut list = String::new();
        let mut buffer = Uuid::encode_buffer();
        for id in ids {
            list.push_str(if list.is_empty() { "" } else { "," });
            list.push_str(id.simple().encode_lower(&mut buffer));
        }
        self.push(column);
        match self.backend {
            DbBackend::Postgres => {
                // Not as `= ANY`: the list would be read anew for each row that it is compared with.
                self.push(" IN (SELECT unnest(CAST(").value(format!("{{{list}}}")).push(" AS uuid[])))")
            }
            _ => {
                let list = list.replace(',', "\",\"");
                let list = if list.is_empty() { "[]".to_owned() } else { format!("[\"{list}\"]") };
                self.push(" IN (SELECT unhex(value) FROM json_each(").value(list).push("))")
            }
        }
    }

    /// Rows under these names, as a table in the place where one is read from.
    pub fn records<T: Serialize>(
        &mut self,
        rows: &[T],
        columns: &[(&str, Kind)],
        name: &str,
    ) -> Result<&mut Self, DbErr> {
        let rows = serde_json::to_string(rows).map_err(|error| DbErr::Json(error.to_string()))?;
        if self.backend == DbBackend::Postgres {
            self.push("json_to_recordset(CAST(").value(rows).push(&format!(" AS json)) AS {name}("));
            for (place, (column, kind)) in columns.iter().enumerate() {
                let kind = match kind {
                    Kind::Id => "uuid",
                    Kind::Text => "text",
                    Kind::Whole => "bigint",
                    Kind::Flag => "boolean",
                };
                self.push(if place == 0 { "" } else { ", " }).push(&format!("{column} {kind}"));
            }
            return Ok(self.push(")"));
        }
        self.push("(SELECT ");
        for (place, (column, kind)) in columns.iter().enumerate() {
            let found = match kind {
                Kind::Id => format!("unhex(value->>'{column}', '-')"),
                Kind::Text | Kind::Whole | Kind::Flag => format!("value->>'{column}'"),
            };
            self.push(if place == 0 { "" } else { ", " }).push(&format!("{found} AS {column}"));
        }
        // As binary JSON each row is found without being read anew for each column.
        Ok(self.push(" FROM jsonb_each(").value(rows).push(&format!(")) AS {name}")))
    }

    /// A column with an id, as `documents` wants to select it.
    pub fn id(&mut self, column: &str) -> &mut Self {
        match self.backend {
            DbBackend::Postgres => self.push(column),
            _ => self.push(&format!("lower(hex({column}))")),
        }
    }

    /// What this query finds under these names, brought over as one value: handing over row by row costs more than
    /// finding them.
    pub async fn documents<T: DeserializeOwned>(
        mut self,
        db: &impl ConnectionTrait,
        columns: &[&str],
    ) -> Result<Vec<T>, DbErr> {
        self.text = match self.backend {
            DbBackend::Postgres => {
                format!("SELECT CAST(json_agg(found) AS text) FROM ({}) AS found", self.text)
            }
            _ => {
                let pairs: Vec<String> =
                    columns.iter().map(|column| format!("'{column}', {column}")).collect();
                format!("SELECT json_group_array(json_object({})) FROM ({})", pairs.join(", "), self.text)
            }
        };
        let found: Option<String> = match self.all(db).await?.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => None,
        };
        let Some(found) = found else { return Ok(Vec::new()) };
        serde_json::from_str(&found).map_err(|error| DbErr::Json(error.to_string()))
    }

    pub async fn all(self, db: &impl ConnectionTrait) -> Result<Vec<QueryResult>, DbErr> {
        db.query_all_raw(Statement::from_sql_and_values(self.backend, self.text, self.values)).await
    }

    /// Runs it and tells how many rows it has changed.
    pub async fn run(self, db: &impl ConnectionTrait) -> Result<u64, DbErr> {
        let statement = Statement::from_sql_and_values(self.backend, self.text, self.values);
        Ok(db.execute_raw(statement).await?.rows_affected())
    }
}
