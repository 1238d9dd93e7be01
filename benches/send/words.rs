//! The messages of an edition in parts, for senders that are measured beside ours.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use hearback::actions::messages::{Pass, Ready, prepare};
use hearback::app::App;
use hearback::domain::words::MessageState;
use hearback::store::message;
use mail_parser::MessageParser;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

pub async fn write(app: &App, file: &Path, most: u64) -> anyhow::Result<()> {
    let rows = message::Entity::find()
        .filter(message::Column::State.eq(MessageState::Queued))
        .order_by_asc(message::Column::Id)
        .limit(most)
        .all(&app.db.reader)
        .await?;
    let mut pass = Pass::default();
    let mut messages = Vec::with_capacity(rows.len());
    for group in rows.chunks(100) {
        for ready in prepare(app, &mut pass, group).await? {
            let Ready::Send(outgoing) = ready? else { bail!("a message that does not go out") };
            let parsed = MessageParser::default().parse(&outgoing.content).context("a message that reads")?;
            let header = |name: &str| {
                let raw = parsed.header_raw(name).map(str::trim).map(str::to_owned);
                raw.ok_or_else(|| anyhow!("a message without {name}"))
            };
            messages.push(json!({
                "from": outgoing.from,
                "to": outgoing.to,
                "size": outgoing.content.len(),
                "text": parsed.body_text(0).context("the text")?,
                "html": parsed.body_html(0).context("the HTML")?,
                "subject": parsed.subject(),
                "sender": header("From")?,
                "reply_to": header("Reply-To")?,
                "message_id": header("Message-ID")?,
                "list_id": header("List-Id")?,
                "unsubscribe": header("List-Unsubscribe")?,
            }));
        }
    }
    std::fs::write(file, serde_json::to_vec(&messages)?)?;
    Ok(())
}
