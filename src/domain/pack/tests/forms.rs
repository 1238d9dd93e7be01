//! One pack in every form in which it can come in.

use super::Files;
use super::written::{content, ods, xlsx, zipped};
use crate::domain::pack::{Faults, Intake, Pack, read};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Folder,
    Zip,
    Xlsx,
    Ods,
}

impl Form {
    pub const ALL: [Form; 4] = [Form::Folder, Form::Zip, Form::Xlsx, Form::Ods];

    pub fn is_workbook(self) -> bool {
        matches!(self, Form::Xlsx | Form::Ods)
    }

    /// XML has no way to write control characters, and only Excel has made one up.
    pub fn can_hold(self, files: &Files) -> bool {
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
        let in_text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(is_control);
        self != Form::Ods || !files.values().any(in_text)
    }

    pub fn intake(self, files: &Files) -> Intake {
        match self {
            Form::Folder => Intake::of_files(files.clone()),
            Form::Zip => Intake::open(&zipped(files)).unwrap(),
            Form::Xlsx => Intake::open(&xlsx(files)).unwrap(),
            Form::Ods => Intake::open(&ods(&content(files))).unwrap(),
        }
    }

    pub fn read(self, files: &Files) -> (Option<Pack>, Faults) {
        read(self.intake(files), &super::calendars())
    }
}
