//! What columns hold beside text and numbers: ids, instants and the words of the product.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, StringLen, ValueType, ValueTypeErr};
use sea_orm::{
    ColIdx, DbErr, DeriveValueType, IntoActiveValue, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
};

use crate::domain::words;

/// Whole microseconds since 1970, UTC: the same order and precision on both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct At(pub i64);

impl From<DateTime<Utc>> for At {
    fn from(at: DateTime<Utc>) -> Self {
        At(at.timestamp_micros())
    }
}

impl From<At> for DateTime<Utc> {
    fn from(at: At) -> Self {
        DateTime::from_timestamp_micros(at.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl At {
    pub fn utc(self) -> DateTime<Utc> {
        self.into()
    }
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id, in the order of time.
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        // sea-orm asks this of every key, for databases that number their rows themselves.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

ids!(
    OrganisationId,
    ProjectId,
    ParticipantId,
    StoryId,
    ThemeId,
    LearningId,
    RecommendationId,
    EvidenceId,
    HistoryId,
    ActId,
    EditionId,
    UpdateId,
    MessageId,
    SuppressionId,
    AuditId,
    BounceId,
);

/// Lets a column hold one of the words, under its code. A code that this version does not know is an error.
macro_rules! stored {
    ($($name:ident),+ $(,)?) => {$(
        impl From<words::$name> for Value {
            fn from(word: words::$name) -> Self {
                word.code().into()
            }
        }

        impl TryGetable for words::$name {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let code = String::try_get_by(row, index)?;
                words::$name::parse(&code).ok_or_else(|| {
                    TryGetError::DbErr(DbErr::Type(format!("{code} is no {}", stringify!($name))))
                })
            }
        }

        impl ValueType for words::$name {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                let code = <String as ValueType>::try_from(value)?;
                words::$name::parse(&code).ok_or(ValueTypeErr)
            }

            fn type_name() -> String {
                stringify!($name).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::String
            }

            fn column_type() -> ColumnType {
                ColumnType::String(StringLen::None)
            }
        }

        impl Nullable for words::$name {
            fn null() -> Value {
                Value::String(None)
            }
        }

        impl IntoActiveValue<words::$name> for words::$name {
            fn into_active_value(self) -> sea_orm::ActiveValue<words::$name> {
                sea_orm::ActiveValue::Set(self)
            }
        }
    )+};
}

stored!(
    Medium,
    Consent,
    Attribution,
    Direction,
    Channel,
    Format,
    Cadence,
    ActKind,
    ProjectState,
    Visibility,
    Licence,
    LogoKind,
    ParticipantState,
    RowState,
    EditionState,
    MessageKind,
    MessageState,
    BounceKind,
    KeyState,
);
