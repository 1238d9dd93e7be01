//! Where a finished message goes: files in a folder, or a relay.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{DateTime, Utc};

use super::smtp::SmtpSettings;

#[derive(Clone, Debug)]
pub enum Transport {
    /// Every message becomes a file that only its owner can read. A demo and a trial run send this way.
    Files(PathBuf),
    Smtp(Box<SmtpSettings>),
}

/// Puts a message into the folder. Writing the same message again replaces it: one message is one file.
pub fn put_file(folder: &Path, at: DateTime<Utc>, message_id: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    make_folder(folder)?;
    let name = message_id.split('@').next().unwrap_or_default();
    let path = folder.join(format!("{}-{name}.eml", at.format("%Y%m%dT%H%M%SZ")));
    let draft = folder.join(format!(".{name}.part"));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft).context("making a file for a message")?;
    file.write_all(bytes).context("writing a message to its file")?;
    file.sync_data().context("writing a message to its file")?;
    std::fs::rename(&draft, &path).context("putting a message in its place")?;
    Ok(path)
}

/// Makes the folder, for its owner alone.
pub fn make_folder(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
                .with_context(|| format!("closing the folder {} to others", folder.display()))?;
        }
    }
    Ok(())
}
