//! A pack that is made up, of any size.

use crate::cli::Shell;

#[test]
fn a_made_up_pack_comes_in_without_a_fault_and_can_be_replayed() {
    let shell = Shell::new();
    let said = shell.say("generate made --participants 60 --months 14 --seed 3 --until 2026-06-01").ok();
    assert!(
        said.contains("60 participants and 10 recommendations over 14 months until 2026-06-01"),
        "{said}"
    );
    let report = shell.say("import made --at 2026-06-01").ok();
    assert!(report.contains("Stored.") && !report.to_lowercase().contains("warning"), "{report}");
    for number in ["60", "10"] {
        assert!(report.contains(number), "{report}");
    }
    shell.say("generate made").refused("is there already");
    shell.say("generate more --participants 0").refused("participants");
}
