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

pub type Result<T> = std::result::Result<T, Error>;
