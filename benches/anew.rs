//! A server whose shelf keeps nothing, so that every request shows what it costs to make a page:
//! `cargo bench --bench anew -- FOLDER ADDRESS pages|records`. With `pages` the record stays in memory and each page is
//! made anew, as after an event or a withdrawal; with `records` the record is read anew too, as after a start.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::bail;
use hearback::app::App;
use hearback::clock::Clock;
use hearback::config::Config;
use hearback::keys::Keys;
use hearback::mail::transport::Transport;
use hearback::store::Db;
use hearback::web::{self, Shelf};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [folder, address, without] = args.as_slice() else {
        // Without arguments this is only `cargo bench` going through all there is.
        println!("usage: cargo bench --bench anew -- FOLDER ADDRESS pages|records");
        return Ok(());
    };
    let shelf = match without.as_str() {
        "pages" => Shelf::without_pages(),
        "records" => Shelf::without_records(),
        other => bail!("{other} is neither pages nor records"),
    };
    let url = format!("sqlite://{folder}/hearback.db");
    let settings = BTreeMap::from([("HEARBACK_DATABASE_URL".to_owned(), url)]);
    let config = Config::from(&settings, "")?;
    let db = Db::connect(&config.database_url).await?;
    let (keys, mailer) = (Keys::read(&config.key_file)?, Transport::Files(format!("{folder}/mail").into()));
    let app = App::new(db, Clock::system(), keys, mailer, config, false)?;
    web::serve_from(Arc::new(app), TcpListener::bind(address).await?, None, shelf, std::future::pending())
        .await
}
