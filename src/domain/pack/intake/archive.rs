//! A zip file, which is what workbooks are too: what it may hold is checked from its directory, before anything in it is
//! unpacked, and held to while it is.

use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::MAX_PACKED;

/// Entries of an archive.
pub const MAX_ENTRIES: usize = 2_000;
/// Bytes of all entries together, unpacked.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;
/// From this size on an entry that shrank more than `MAX_RATIO` times was made to be large and not to say something.
const LARGE: u64 = 4 * 1024 * 1024;
const MAX_RATIO: u64 = 250;

/// How the directory of a zip begins the description of each entry.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// By name, where it stands and how large it says it is.
    entries: HashMap<String, (usize, u64)>,
    names: Vec<String>,
}

/// An entry while it is unpacked.
pub type Part<'a> = BufReader<Honest<Box<dyn Read + 'a>>>;

impl<'b> Archive<'b> {
    /// # Errors
    /// Says why the file is refused.
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        if bytes.len() > MAX_PACKED {
            return Err(format!("it is larger than {} MiB", MAX_PACKED / 1024 / 1024));
        }
        // Counted before the directory is read: it would be kept in memory as a whole.
        if memchr::memmem::find_iter(bytes, DIRECTORY_ENTRY).take(MAX_ENTRIES + 1).count() > MAX_ENTRIES {
            return Err(format!("it has more than {MAX_ENTRIES} entries"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
        if zip.has_duplicate_names() {
            return Err("two of its entries have one name".to_owned());
        }
        let (mut entries, mut names, mut total) = (HashMap::new(), Vec::new(), 0_u64);
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(|_| DAMAGED)?;
            let name = entry.name().map_err(|_| DAMAGED)?.into_owned();
            if !stays_inside(&name) || entry.is_symlink() {
                return Err("one of its entries leads out of it (such as ../ in a name)".to_owned());
            }
            if entry.is_dir() {
                continue;
            }
            if entry.encrypted() {
                return Err("it has a password: save it without one".to_owned());
            }
            if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err("it is packed in a way that is not read here: pack it as a usual zip".to_owned());
            }
            let size = entry.size();
            total = total.saturating_add(size);
            if total > MAX_UNPACKED {
                return Err(format!("it unpacks to more than {} MiB", MAX_UNPACKED / 1024 / 1024));
            }
            if size > LARGE && size / entry.compressed_size().max(1) > MAX_RATIO {
                return Err(format!("an entry unpacks to more than {MAX_RATIO} times its size"));
            }
            entries.insert(name.clone(), (index, size));
            names.push(name);
        }
        Ok(Archive { zip, entries, names })
    }

    /// The names of the entries that are no folders, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn size(&self, name: &str) -> Option<u64> {
        self.entries.get(name).map(|(_, size)| *size)
    }

    /// # Errors
    /// Says that the archive is damaged.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, String> {
        let Some((index, size)) = self.entries.get(name) else { return Ok(None) };
        let inner: Box<dyn Read> = Box::new(self.zip.by_index(*index).map_err(|_| DAMAGED)?);
        Ok(Some(BufReader::new(Honest { inner, left: *size })))
    }

    /// # Errors
    /// Says that the entry is damaged or larger than it says.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(mut part) = self.part(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|error| why(&error))?;
        Ok(Some(bytes))
    }
}

pub const DAMAGED: &str = "it is damaged";
const LIAR: &str = "an entry unpacks to more than it says";

/// Why reading an entry ended, without words that come from inside it.
pub fn why(error: &io::Error) -> String {
    let told = error.get_ref().map(ToString::to_string);
    told.filter(|told| [LIAR, super::xml::TOO_LONG].contains(&told.as_str()))
        .unwrap_or_else(|| DAMAGED.into())
}

/// Gives no more bytes than the directory promised.
pub struct Honest<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Honest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(LIAR))?;
        Ok(read)
    }
}

/// A name that leads nowhere but into the archive, on any machine.
fn stays_inside(name: &str) -> bool {
    let steps_out = name.split(['/', '\\']).any(|step| step == "..");
    let absolute = name.starts_with(['/', '\\']) || name.as_bytes().get(1) == Some(&b':');
    !steps_out && !absolute && !name.contains('\0')
}
