//! The whole reader, from files to rows and faults. The pack here is a fiction: swimmers who want their lido back.

mod bad_input;
mod containers;
mod format;
mod forms;
mod properties;
mod references;
mod written;

use super::{Fault, Faults, Pack, read};
use crate::domain::calendars::Calendars;
use written::Files;

/// The only calendar here.
pub(super) fn calendars() -> Calendars {
    let text = "name = \"Harvest Home\"\nsource = \"a test\"\n[[days]]\nfirst = 2026-09-20\n";
    Calendars::read([vec![("harvest.toml".to_owned(), Ok(text.to_owned()))]])
}

pub(super) const PROJECT: &str = "\
key,value
slug,river-lido
title,What the swimmers asked for
organisation,Friends of the River Lido
summary,\"Swimmers told what they miss.
This follows what came of it.\"
sender_name,Juniper at the Lido
contact_email,hello@lido.example
contact_phone,+44 161 496 0111
language,en
timezone,Europe/London
schedule,0 10 1 * *
review_days,7
quiet_times,Sun
support_contact,\"The kiosk, 161 496 0112\"
";

pub(super) const PARTICIPANTS: &str = "\
id,greeting_name,email,phone,postal_address,channel,language,format,cadence,quiet_times,contact_consent
P1,Wren,wren@lido.example,,,email,en,standard,every,,yes
P2,Tarn,,+44 161 496 0999,,phone,cy,plain_text,quarterly,Fri 12:00-15:00,yes
P3,Fell,,,\"2 Weir Row
Millbrook\",letter,,,,,yes
P4,,,,,none,,,,,
";

pub(super) const STORIES: &str = "\
code,participant,summary,url,medium,gathered_on,consent,attribution,content_note,themes
AX,P1,Swam there every morning,https://lido.example/ax,video,2024-03-01,public_anonymous,code,,T1;T2
BY,P2,Learned to swim at sixty,,audio,2024-04-02,internal,,cold water,T1
CZ,P3,Cannot get down the steps,,written,,,not_quoted,,
";

pub(super) const THEMES: &str = "id,title,summary\nT1,Morning water,Why people come early\nT2,Steps,\n";

pub(super) const LEARNINGS: &str =
    "id,theme,text\nL1,T1,Mornings matter most\nL2,T2,The steps keep people out\n";

pub(super) const RECOMMENDATIONS: &str = "\
ref,title,text,audience,responsible,responsible_email,published_on,response_due_on,target_on,learnings
R1,Open at six,Open the lido at six in the morning,The town,Parks office,parks@town.example,2025-01-10,2025-07-10,,L1
R2,Build a ramp,Build a ramp beside the steps,The town,Works office,works@town.example,2025-01-10,,2026-01-10,L1;L2
";

pub(super) const EVIDENCE: &str = "\
recommendation,story,direction,why
R1,AX,supports,Came at six for years
R1,BY,qualifies,Too cold for beginners
R2,CZ,supports,Needs a ramp
";

pub(super) const HISTORY: &str = "\
recommendation,on,kind,value,reason,explanation,tried,decided_by,unblock,in_our_control,review_on,due_on,noticed_by,evidence_url
R1,2025-02-01,response,accepted,,,,Head of parks,,,,,,
R1,2025-03-01,progress,stalled,money,The heating budget was cut.,Asked twice,Head of parks,A new budget,no,2025-06-01,,,
R2,2025-02-02,promise,A drawing of the ramp,,,,,,,,2025-05-01,,
R2,2025-04-20,progress,done,,The ramp is open.,,,,yes,,,Everyone on wheels,https://lido.example/ramp
R2,2025-05-01,note,The ramp has a handrail too,,,,,,,,,,
";

pub(super) const ACTS: &str = "\
participant,on,act,story,value
P1,2025-06-01,choose,,cadence=yearly
P2,2025-06-02,withdraw,BY,
P3,2025-06-03,pause,,
";

pub(super) fn files() -> Files {
    let sheets = [
        ("project.csv", PROJECT),
        ("participants.csv", PARTICIPANTS),
        ("stories.csv", STORIES),
        ("themes.csv", THEMES),
        ("learnings.csv", LEARNINGS),
        ("recommendations.csv", RECOMMENDATIONS),
        ("evidence.csv", EVIDENCE),
        ("history.csv", HISTORY),
        ("acts.csv", ACTS),
    ];
    sheets.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect()
}

/// Replaces a passage that stands in the file once or more: the first one.
pub(super) fn edit(files: &mut Files, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{from:?} is not in {file}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
}

pub(super) fn edited(file: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    edit(&mut files, file, from, to);
    files
}

pub(super) fn faults(files: &Files) -> Faults {
    read(files, &calendars()).1
}

pub(super) fn pack(files: &Files) -> Pack {
    let (pack, faults) = read(files, &calendars());
    assert_eq!(faults.errors, []);
    pack.unwrap()
}

#[track_caller]
pub(super) fn assert_fault(found: &[Fault], file: &str, row: u32, column: &str, says: &str) {
    let places: Vec<(&str, Option<u32>, Option<&str>)> =
        found.iter().map(|fault| (fault.file.as_str(), fault.row, fault.column.as_deref())).collect();
    let expected = (file, (row > 0).then_some(row), (!column.is_empty()).then_some(column));
    assert_eq!(places, [expected], "{found:#?}");
    assert!(found[0].message.contains(says), "{says:?} is not in {:?}", found[0].message);
}
