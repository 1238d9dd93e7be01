//! The key file: one key a line, the newest first. A line is 64 hex digits, or `hashes` and 128 of them: what is left of a
//! key that was dropped. Blank lines and lines that begin with `#` say nothing.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rand::RngCore;

use super::{Hashing, Key, Keys};

const DROPPED: &str = "hashes ";

impl Key {
    fn read(line: &str) -> Option<Self> {
        let bytes = |text: &str| hex::decode(text).ok();
        if let Some(rest) = line.strip_prefix(DROPPED) {
            let bytes = bytes(rest.trim())?;
            let (addresses, codes) = bytes.split_at_checked(32)?;
            let hashing = Hashing { addresses: addresses.try_into().ok()?, codes: codes.try_into().ok()? };
            return Some(Key { whole: None, hashing });
        }
        let master = <[u8; 32]>::try_from(bytes(line)?).ok()?;
        Some(Key::from_master(&master))
    }
}

fn says_something(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

impl Keys {
    /// Reads the key file. Until it is said how the keys stand, the first one is the current one.
    ///
    /// # Errors
    /// Where it is missing, unreadable, or a line does not hold a key.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("reading the key file {}", path.display()))?;
        let mut held: Vec<Key> = Vec::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| says_something(line)) {
            let Some(key) = Key::read(line.trim()) else {
                bail!(
                    "line {} of the key file {} does not hold a key of 64 hex digits",
                    at + 1,
                    path.display()
                );
            };
            if held.iter().all(|other| other.id() != key.id()) {
                held.push(key);
            }
        }
        match Keys::from_held(held) {
            Some(keys) => Ok(keys),
            None => bail!("the key file {} does not hold a key of 64 hex digits", path.display()),
        }
    }

    /// Makes a new key file that only its owner can read. One that exists is never overwritten.
    pub fn make(path: &Path) -> anyhow::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("making the folder {}", folder.display()))?;
        }
        let mut file = private(path).with_context(|| format!("making the key file {}", path.display()))?;
        writeln!(file, "{}", new_key()).context("writing the key file")?;
        file.sync_all().context("writing the key file")?;
        Self::read(path)
    }

    /// Puts a new key before those that are in the file.
    ///
    /// # Errors
    /// Where the file cannot be replaced; then it is as it was.
    pub fn add_to(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("reading the key file {}", path.display()))?;
        replace(path, &format!("{}\n{text}", new_key()))?;
        Self::read(path)
    }

    /// Leaves of these keys in the file only what knows people again who are not to be signed up once more. Returns whether
    /// there was something to take out.
    ///
    /// # Errors
    /// Where the file cannot be replaced; then it is as it was.
    pub fn drop_from(path: &Path, ids: &[String]) -> anyhow::Result<bool> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("reading the key file {}", path.display()))?;
        let mut changed = false;
        let lines = text.lines().map(|line| match Key::read(line.trim()) {
            Some(key) if key.whole.is_some() && ids.contains(&key.id()) => {
                changed = true;
                let Hashing { addresses, codes } = key.hashing;
                format!("{DROPPED}{}{}\n", hex::encode(addresses), hex::encode(codes))
            }
            _ => format!("{line}\n"),
        });
        let text: String = lines.collect();
        if changed {
            replace(path, &text)?;
        }
        Ok(changed)
    }
}

fn new_key() -> String {
    let mut master = [0_u8; 32];
    rand::rng().fill_bytes(&mut master);
    hex::encode(master)
}

fn private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Puts a file in the place of another as one step, with the rights and the owner of the first: a machine that stops in
/// between keeps the old one, and whoever could read it still can.
fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let failed = || {
        format!(
            "replacing the key file {} (it is as it was; where it must not be written here, put the line in by hand: \
             docs/operating.md)",
            path.display()
        )
    };
    // The file that a link leads to, not the link.
    let path = path.canonicalize().with_context(failed)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside: PathBuf = path.with_file_name(name);
    if beside.exists() {
        std::fs::remove_file(&beside).with_context(failed)?;
    }
    let mut file = private(&beside).with_context(failed)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| same_owner(&path, &file));
    let written = written.and_then(|()| file.sync_all()).and_then(|()| std::fs::rename(&beside, &path));
    if let Err(error) = written {
        let _left = std::fs::remove_file(&beside);
        return Err(anyhow::Error::new(error).context(failed()));
    }
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        std::fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .context("keeping the new key file")?;
    }
    Ok(())
}

#[cfg(unix)]
fn same_owner(path: &Path, file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (old, new) = (std::fs::metadata(path)?, file.metadata()?);
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn same_owner(_: &Path, _: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_stands_before_the_old_one_and_what_is_dropped_keeps_its_hashes_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        let one = Keys::make(&path).expect("a key");
        let two = Keys::add_to(&path).expect("a second key");
        let first = |keys: &Keys| keys.ids()[0].clone();
        assert_eq!(two.ids(), [first(&two), first(&one)]);
        assert_ne!(first(&two), first(&one));
        let hash = one.address_hash(b"p", "a@example.org");
        let id = "00112233445566778899aabbccddeeff";
        let token = one.token("updates", id).expect("a token");
        assert_eq!(two.link_id("updates", &token).as_deref(), Some(id));
        assert!(Keys::drop_from(&path, &[first(&one)]).expect("dropped"));
        assert!(!Keys::drop_from(&path, &[first(&one)]).expect("nothing more to do"));
        let left = Keys::read(&path).expect("the keys");
        assert_eq!(left.ids(), two.ids());
        assert!(left.address_hashes(b"p", "A@example.org").contains(&hash));
        assert_eq!(left.link_id("updates", &token), None);
        let text = std::fs::read_to_string(&path).expect("the file");
        assert!(text.lines().nth(1).expect("a line").starts_with("hashes "), "{text}");
    }

    #[test]
    fn lines_that_say_nothing_are_passed_over_and_others_are_refused_without_being_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        std::fs::write(&path, format!("# of 2026\n\n{}\r\n{}\n", "ab".repeat(32), "ab".repeat(32)))
            .expect("written");
        assert_eq!(Keys::read(&path).expect("one key").ids().len(), 1);
        for text in ["", "# nothing\n", "abcd", "hashes abcd", &"xy".repeat(32)] {
            std::fs::write(&path, text).expect("written");
            let error = format!("{:#}", Keys::read(&path).expect_err("refused"));
            assert!(!error.contains("abcd") && !error.contains("xyxy"), "{error}");
        }
        let hashes_alone = format!("hashes {}\n", "ab".repeat(64));
        std::fs::write(&path, hashes_alone).expect("written");
        assert!(Keys::read(&path).is_err(), "nothing could be sealed");
    }

    #[cfg(unix)]
    #[test]
    fn the_rights_of_the_file_stay_and_a_link_to_it_stays_a_link() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (real, path) = (folder.path().join("real"), folder.path().join("key"));
        Keys::make(&real).expect("a key");
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("open to its group");
        std::os::unix::fs::symlink(&real, &path).expect("a link");
        assert_eq!(Keys::add_to(&path).expect("two keys").ids().len(), 2);
        assert!(path.is_symlink());
        assert_eq!(std::fs::metadata(&real).expect("the file").permissions().mode() & 0o777, 0o640);
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            2,
            "nothing is left beside it"
        );
    }
}
