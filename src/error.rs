//! Errors that somebody can act on. Everything else is `anyhow`, with what was being done.

use crate::domain::status::Refusal;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or not for whoever asks.
    #[error("{what} is not known here. Nothing was changed.")]
    NotFound { what: String },
    /// A field is missing or wrong.
    #[error("{field}: {why}. Nothing was saved.")]
    Invalid { field: String, why: String },
    /// It cannot be done as things are.
    #[error("{why}")]
    Refused { why: String },
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl Error {
    pub fn not_found(what: impl Into<String>) -> Self {
        Error::NotFound { what: what.into() }
    }

    pub fn refused(why: impl Into<String>) -> Self {
        Error::Refused { why: why.into() }
    }

    /// All of it, for a log.
    pub fn chain(&self) -> String {
        match self {
            Error::Internal(error) => chain(error),
            other => other.to_string(),
        }
    }

    pub fn invalid(field: impl Into<String>, why: impl Into<String>) -> Self {
        Error::Invalid { field: field.into(), why: why.into() }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Error::Internal(anyhow::Error::new(error).context("talking to the database"))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid { field, why } => Error::invalid(field, why),
            Refusal::Conflict { field, why } => Error::refused(format!("{field}: {why}. Nothing was saved.")),
        }
    }
}

/// What happened and why, from the outside in. Many a library repeats in its own words what lies below it; that is said once.
pub fn chain(error: &anyhow::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if !said.iter().any(|before| before.ends_with(&cause)) {
            said.push(cause);
        }
    }
    said.join(": ")
}

pub type Result<T> = std::result::Result<T, Error>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_that_was_told_already_is_not_told_again() {
        let error =
            anyhow::anyhow!("the pool timed out").context("a query: the pool timed out").context("reading");
        assert_eq!(chain(&error), "reading: a query: the pool timed out");
    }
}
