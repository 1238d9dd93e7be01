//! The database: one file per table, with its entity and all its queries. Connecting and beginning stand here.

pub mod act;
pub mod addressee;
pub mod audit;
pub mod bounce;
pub mod cursor;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod figure;
pub mod history;
pub mod instance;
pub mod key;
pub mod learning;
pub mod link;
pub mod logo;
pub mod message;
pub mod pace;
pub mod participant;
pub mod project;
pub mod queue;
pub mod recommendation;
pub mod relay;
pub mod replica;
mod sql;
pub mod story;
pub mod suppression;
pub mod theme;
pub mod types;
pub mod update;
pub mod vault;

use std::collections::HashSet;
use std::time::Duration;

use anyhow::Context;
use migrations::MigratorTrait;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// The database of an instance. On SQLite writers queue for one connection, because the file has room for one at a
/// time, while readers go on beside them; on PostgreSQL both are the same pool.
#[derive(Clone)]
pub struct Db {
    pub reader: DatabaseConnection,
    writer: DatabaseConnection,
}

/// How the steps of a database compare with those that this version knows.
struct Steps {
    waiting: bool,
    unknown: bool,
}

/// Where a database is, without the user and the password that lead into it.
fn place(url: &str) -> String {
    let url = url::Url::parse(url).ok();
    let host = url.as_ref().and_then(url::Url::host_str).unwrap_or("its socket");
    url.as_ref().and_then(url::Url::port).map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A connection that was idle for so long is asked whether it is still there before it is used.
const IDLE: Duration = Duration::from_secs(1);

/// Whoever migrates holds this lock of PostgreSQL's meanwhile: "hearback", as a number.
const MIGRATING: i64 = 0x6865_6172_6261_636b;

impl Db {
    /// Connects, and on SQLite makes the file and its folder where they are missing.
    ///
    /// # Errors
    /// When the database cannot be reached. The address is not part of the error: it may hold a password.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let Some(path) = url.strip_prefix("sqlite:") else {
            let mut options = ConnectOptions::new(url);
            options.max_connections(16).sqlx_logging(false).acquire_timeout(Duration::from_secs(30));
            // One that has just been used need not be asked whether it is still there.
            options.test_before_acquire_if_idle_for(IDLE);
            // A planner that believes in disks with arms reads a whole table for the sake of a hundred rows. And before a
            // table was analysed it expects so much work that it would compile a query of milliseconds for tens of them.
            options.map_sqlx_postgres_opts(|options| {
                options.options([("jit", "off"), ("random_page_cost", "1.1")])
            });
            let pool = Database::connect(options).await.with_context(|| {
                format!("connecting to the database at {}, which HEARBACK_DATABASE_URL names", place(url))
            })?;
            return Ok(Db { reader: pool.clone(), writer: pool });
        };
        let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
        make_private(std::path::Path::new(path))?;
        let url = format!("sqlite://{path}?mode=rwc");
        let writer = sqlite(&url, 1).await.with_context(|| format!("opening the database {path}"))?;
        let reader = sqlite(&url, 4).await.with_context(|| format!("opening the database {path}"))?;
        Ok(Db { reader, writer })
    }

    /// For a single statement that writes and needs no transaction around it. None on SQLite, where whoever writes has to
    /// wait for its turn in `begin`.
    pub fn at_once(&self) -> Option<&DatabaseConnection> {
        (!self.is_sqlite()).then_some(&self.writer)
    }

    pub fn is_sqlite(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }

    /// Takes the steps that this database has not taken yet. Processes that begin at the same moment do so one after the
    /// other. A database that a newer version has brought further is left as it is.
    ///
    /// # Errors
    /// When a step fails, and when the database has taken other steps than this version knows and lacks some of these.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        // On SQLite there is one connection for writing, and nobody else who would begin.
        let turn = if self.is_sqlite() { None } else { Some(begin(self).await?) };
        if let Some(turn) = &turn {
            let waited = turn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATING})")).await;
            waited.context("waiting for another process that brings the database up to date")?;
        }
        match self.steps().await? {
            Steps { waiting: false, unknown: false } => {}
            Steps { waiting: false, unknown: true } => {
                tracing::warn!("the database was brought further by a newer version");
            }
            Steps { waiting: true, unknown: true } => {
                anyhow::bail!(
                    "the database has taken steps that this version does not know, and lacks some of this version's"
                );
            }
            Steps { waiting: true, unknown: false } => {
                let taken = migrations::Migrator::up(&self.writer, None).await;
                taken.context("bringing the database up to date")?;
            }
        }
        if let Some(turn) = turn {
            turn.commit().await.context("letting others bring the database up to date")?;
        }
        Ok(())
    }

    /// Whether there are steps that this database has not taken yet.
    pub async fn is_behind(&self) -> anyhow::Result<bool> {
        Ok(self.steps().await?.waiting)
    }

    /// The library's own list fails where the database has taken steps that are not known here. It would take every replica
    /// of the version before out of service while a newer one is brought in beside it, and bar the way back.
    async fn steps(&self) -> anyhow::Result<Steps> {
        let taken = migrations::Migrator::get_migration_models(&self.writer).await;
        let taken: HashSet<String> =
            taken.context("reading the state of the database")?.into_iter().map(|row| row.version).collect();
        let known: HashSet<String> =
            migrations::Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        Ok(Steps { waiting: !known.is_subset(&taken), unknown: !taken.is_subset(&known) })
    }

    /// Takes what was deleted out of the log beside a SQLite file too. While others read, what they still see stays.
    pub async fn settle(&self) -> anyhow::Result<()> {
        if self.is_sqlite() {
            let settled = self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await;
            settled.context("bringing the log of the database to an end")?;
        }
        Ok(())
    }

    /// Has PostgreSQL count anew what lies in the tables that an edition fills. It does so by itself, but minutes later, and
    /// until then it plans for empty tables, as if sending were to sort all that waits for each hundred of messages.
    pub async fn recount(&self) -> anyhow::Result<()> {
        if !self.is_sqlite() {
            let counted = self
                .writer
                .execute_unprepared("ANALYZE message, \"update\", link, cursor, participant")
                .await;
            counted.context("counting what lies in tables")?;
        }
        Ok(())
    }

    pub async fn close(self) -> anyhow::Result<()> {
        self.reader.close().await.context("closing the database")?;
        self.writer.close().await.context("closing the database")
    }
}

/// Makes the file of a new database, and its folder, for their owner alone: it holds what people told. SQLite gives the
/// files beside it the same rights.
fn make_private(path: &std::path::Path) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
                .with_context(|| format!("closing the folder {} to others", folder.display()))?;
        }
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("making the database {}", path.display()))?;
    Ok(())
}

/// Begins a transaction that may write. On SQLite it takes the write lock at once: a deferred one that reads first
/// fails as locked when it comes to write.
pub async fn begin(db: &Db) -> anyhow::Result<DatabaseTransaction> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    db.writer.begin_with_options(options).await.context("beginning a transaction")
}

async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).acquire_timeout(Duration::from_secs(60));
    // A file does not hang up.
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |options| {
        options
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "NORMAL")
            .pragma("secure_delete", "ON")
            // What a statement may have to take back is kept in memory, not in a file for each.
            .pragma("temp_store", "MEMORY")
            // Pages that are written again and again, as while an edition goes out, are brought over seldom. The log grows to
            // so many pages of 4 KiB.
            .pragma("wal_autocheckpoint", "4000")
            // Of the pages of the file, in KiB. What readers look for twice is kept as what was made of it, not here.
            .pragma("cache_size", if connections == 1 { "-2000" } else { "-500" })
            .busy_timeout(Duration::from_secs(30))
            // Rows come from a thread of the connection's own, which would wait after every fifty of them.
            .row_buffer_size(1_024)
            .foreign_keys(true)
    });
    // When the disk is full, SQLite ends a transaction by itself, and sqlx 0.9 does not notice: it would count one that is
    // not there, and what is written afterwards could stay in a savepoint that nobody ever commits. Such a connection is
    // closed, which undoes what was not committed.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.before_acquire(|connection, _| {
            let is_clean = !sea_orm::sqlx::Connection::is_in_transaction(connection);
            Box::pin(async move { Ok(is_clean) })
        })
    });
    Database::connect(options).await
}
