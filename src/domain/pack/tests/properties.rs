//! Whatever is in the files, reading them ends, and says where each fault lies.

use proptest::prelude::*;

use super::*;

fn any_name() -> impl Strategy<Value = String> {
    let known = files().into_keys().collect::<Vec<_>>();
    prop_oneof![9 => proptest::sample::select(known), 1 => "\\PC{0,12}(\\.csv|\\.xlsx)?"]
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        "[\"\",;\t\r\na-c\u{202e}\0\u{e9}-]{0,80}".prop_map(String::into_bytes),
        "(id|code|ref|key|on)(,|;|\t)(title|participant|value|text)\n([P1\",;\n\0]|=|-){0,60}"
            .prop_map(String::into_bytes),
    ]
}

/// A sound pack with some bytes of one file replaced.
fn any_damage() -> impl Strategy<Value = Files> {
    let damage = proptest::collection::vec((any::<proptest::sample::Index>(), any_bytes(), 0..6usize), 1..4);
    (proptest::sample::select(files().into_keys().collect::<Vec<_>>()), damage).prop_map(|(name, damage)| {
        let mut files = files();
        let bytes = files.get_mut(&name).unwrap();
        for (at, new, cut) in damage {
            let start = at.index(bytes.len() + 1);
            let end = (start + cut).min(bytes.len());
            bytes.splice(start..end, new);
        }
        files
    })
}

fn hold_the_promises(files: &Files) -> Result<(), TestCaseError> {
    let (pack, faults) = read(files, &calendars());
    prop_assert!(pack.is_some() || !faults.errors.is_empty());
    let mut places = std::collections::HashSet::new();
    for fault in &faults.errors {
        prop_assert!(!fault.file.is_empty() && !fault.message.is_empty());
        prop_assert!(places.insert((&fault.file, fault.row, &fault.column)), "twice: {:?}", fault);
    }
    for fault in faults.errors.iter().chain(&faults.warnings) {
        prop_assert!(!fault.message.contains(char::is_control), "{:?}", fault);
        prop_assert!(!fault.file.is_empty() || files.contains_key(""));
        let file = files.iter().find(|(name, _)| name.eq_ignore_ascii_case(&fault.file));
        let rows = file
            .map_or(1, |(_, bytes)| bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1);
        prop_assert!(fault.row.is_none_or(|row| row as usize <= rows), "{:?}", fault);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_at_all_make_the_reader_panic(files in proptest::collection::btree_map(any_name(), any_bytes(), 0..9)) {
        hold_the_promises(&files)?;
    }

    #[test]
    fn damage_to_a_sound_pack_is_told_with_its_place(files in any_damage()) {
        hold_the_promises(&files)?;
    }
}
