//! The database: one file per table, with its entity and all its queries. Connecting and beginning stand here.

pub mod act;
pub mod audit;
pub mod cursor;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod figure;
pub mod history;
pub mod instance;
pub mod learning;
pub mod link;
pub mod logo;
pub mod message;
pub mod pace;
pub mod participant;
pub mod project;
pub mod recommendation;
pub mod relay;
mod sql;
pub mod story;
pub mod suppression;
pub mod theme;
pub mod types;
pub mod update;
pub mod vault;

use std::time::Duration;

use anyhow::Context;
use migrations::MigratorTrait;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

/// The database of an instance. On SQLite writers queue for one connection, because the file has room for one at a
/// time, while readers go on beside them; on PostgreSQL both are the same pool.
#[derive(Clone)]
pub struct Db {
    pub reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Db {
    /// Connects, and on SQLite makes the file and its folder where they are missing.
    ///
    /// # Errors
    /// When the database cannot be reached. The address is not part of the error: it may hold a password.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let Some(path) = url.strip_prefix("sqlite:") else {
            let mut options = ConnectOptions::new(url);
            options.max_connections(16).sqlx_logging(false).acquire_timeout(Duration::from_secs(30));
            let pool = Database::connect(options).await.context("connecting to the database")?;
            return Ok(Db { reader: pool.clone(), writer: pool });
        };
        let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
        make_private(std::path::Path::new(path))?;
        let url = format!("sqlite://{path}?mode=rwc");
        let writer = sqlite(&url, 1).await.with_context(|| format!("opening the database {path}"))?;
        let reader = sqlite(&url, 4).await.with_context(|| format!("opening the database {path}"))?;
        Ok(Db { reader, writer })
    }

    pub fn is_sqlite(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }

    pub async fn migrate(&self) -> anyhow::Result<()> {
        migrations::Migrator::up(&self.writer, None).await.context("bringing the database up to date")
    }

    /// Whether there are steps that this database has not taken yet.
    pub async fn is_behind(&self) -> anyhow::Result<bool> {
        let waiting = migrations::Migrator::get_pending_migrations(&self.writer).await;
        Ok(!waiting.context("reading the state of the database")?.is_empty())
    }

    /// Takes what was deleted out of the log beside a SQLite file too. While others read, what they still see stays.
    pub async fn settle(&self) -> anyhow::Result<()> {
        use sea_orm::ConnectionTrait;
        if self.is_sqlite() {
            let settled = self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await;
            settled.context("bringing the log of the database to an end")?;
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
    options.map_sqlx_sqlite_opts(|options| {
        options
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "NORMAL")
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(30))
            .foreign_keys(true)
    });
    Database::connect(options).await
}
