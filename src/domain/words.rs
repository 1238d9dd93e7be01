//! The words of the product that stand for a choice: each is one enum, with the code that files and the record
//! hold. The code never changes once it is in a record; what a person reads comes from `templates/locales`.

/// What a person calls it, where that is not its code with blanks.
macro_rules! labelled {
    ($code:literal) => {
        $code
    };
    ($code:literal, $label:literal) => {
        $label
    };
}

/// Declares an enum of fixed words. `code` is the form in files and in the record, `parse` reads a code back
/// (exact, lower case), `read` takes it as people write it, `ALL` lists them in the order in which people meet them.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $code:literal $(as $label:literal)?),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }

            /// The same for what people write: the code or the label, whatever its capitals, with blanks or hyphens for
            /// underscores.
            pub fn read(text: &str) -> Option<Self> {
                let text = folded(text);
                Self::ALL.iter().copied().find(|word| word.code() == text || folded(&word.label()) == text)
            }

            /// As a person would write it.
            pub fn label(self) -> String {
                let code = match self { $($name::$variant => labelled!($code $(, $label)?)),+ };
                let words = code.replace('_', " ");
                words[..1].to_uppercase() + &words[1..]
            }

            /// All labels, in the order in which people meet them.
            pub fn labels() -> Vec<String> {
                Self::ALL.iter().map(|word| word.label()).collect()
            }

            /// The codes, separated by commas, for a message that says what was expected.
            pub fn codes() -> String {
                [$($code),+].join(", ")
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

/// A word without what people write in one way or another: capitals, and blanks or hyphens for underscores.
pub fn folded(text: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '_' | '-');
    let words = text.split(is_gap).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}

/// Whether a text says anything: it holds a letter or a digit that can be seen. The fillers of Hangul count as letters
/// in Unicode and show nothing.
pub fn has_words(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_alphanumeric() && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'))
}

words! {
    /// The reply to a recommendation. There is no "accepted in principle".
    Response {
        Awaiting = "awaiting",
        Accepted = "accepted",
        AcceptedInPart = "accepted_in_part",
        Declined = "declined",
    }
}

words! {
    /// The work on a recommendation, which is another thing than the reply to it.
    Progress {
        NotStarted = "not_started",
        Planned = "planned",
        InProgress = "in_progress",
        Stalled = "stalled",
        DoneInPart = "done_in_part",
        Done = "done",
        Stopped = "stopped",
        Superseded = "superseded",
    }
}

words! {
    /// Why something is as it is. "Our own delay" exists because reluctance must not be dressed as logistics.
    Reason {
        Money = "money",
        StaffTime = "staff_time",
        Logistics = "logistics",
        LeadershipChange = "leadership_change" as "leadership or staff change",
        LawOrPolicy = "law_or_policy",
        AnotherBodyDecides = "another_body_decides",
        WaitingForPartner = "waiting_for_partner" as "waiting for a partner",
        MoreEvidenceNeeded = "more_evidence_needed",
        SafetyOrConfidentiality = "safety_or_confidentiality",
        ConsideredAndDisagreed = "considered_and_disagreed",
        OurOwnDelay = "our_own_delay",
        Replaced = "replaced" as "replaced by something else",
        Other = "other",
    }
}

words! {
    /// Whether a matter is in the hands of those who explain it.
    InOurControl { Yes = "yes", Partly = "partly", No = "no" }
}

words! {
    Medium { Video = "video", Audio = "audio", Written = "written", ThirdPerson = "third_person" }
}

words! {
    /// What the teller of a story agreed to. A blank consent is `None` in the code: stored, used nowhere.
    Consent { Internal = "internal", PublicAnonymous = "public_anonymous", PublicNamed = "public_named" }
}

words! {
    Attribution {
        Named = "named",
        ChosenName = "chosen_name",
        Code = "code",
        Uncoded = "uncoded",
        NotQuoted = "not_quoted",
    }
}

words! {
    /// Which way a story points: some caution against a recommendation, and that is evidence too.
    Direction { Supports = "supports", Qualifies = "qualifies" }
}

words! {
    /// How a person is told.
    Channel { Email = "email", Letter = "letter", Phone = "phone", None = "none" }
}

words! {
    Format { Standard = "standard", LargePrint = "large_print", PlainText = "plain_text" }
}

words! {
    Cadence { Every = "every", Quarterly = "quarterly", Yearly = "yearly", WhenDone = "when_done" }
}

words! {
    /// The kinds of row in the sheet `history`, and of `hearback log`.
    HistoryKind {
        Response = "response",
        Progress = "progress",
        Promise = "promise",
        PromiseKept = "promise_kept",
        PromiseMoved = "promise_moved",
        Target = "target",
        Note = "note",
    }
}

words! {
    /// What a participant can do, in the sheet `acts` and on the command line.
    ActKind {
        Stop = "stop",
        Pause = "pause",
        Resume = "resume",
        Withdraw = "withdraw",
        Choose = "choose",
    }
}

words! {
    /// How the dates of a pack are written, where they are not spreadsheet dates.
    DateOrder { YearFirst = "year_first", DayFirst = "day_first" }
}

words! {
    /// What a participant may choose for themselves; an import never overwrites it afterwards.
    Choice {
        Channel = "channel",
        Format = "format",
        Language = "language",
        Cadence = "cadence",
        QuietTimes = "quiet_times",
    }
}

words! {
    /// Whether a project writes to anybody. An imported one waits until it is started.
    ProjectState { Waiting = "waiting", Running = "running", Paused = "paused" }
}

words! {
    /// Who may see a project's pages: nobody, holders of its link, everybody.
    Visibility { Private = "private", Link = "link", Public = "public" }
}

words! {
    /// What participants say of a recommendation that is said to be done. Derived from their answers, never set by staff;
    /// where there are too few of them to say, there is none.
    Verdict { Confirmed = "confirmed", Disputed = "disputed" }
}

words! {
    /// The licences under which a project can give its data away, by their SPDX identifiers.
    Licence { CcBy = "CC-BY-4.0", Cc0 = "CC0-1.0", Ogl = "OGL-UK-3.0", OdcBy = "ODC-By-1.0" }
}

words! {
    /// What a logo may be, by its media type.
    LogoKind { Png = "image/png", Jpeg = "image/jpeg", Webp = "image/webp" }
}

words! {
    /// What a participant decided about being told at all.
    ParticipantState { Active = "active", Paused = "paused", Stopped = "stopped", Withdrawn = "withdrawn" }
}

words! {
    /// A row that waits for its date, and what became of it.
    RowState { Pending = "pending", Applied = "applied", Refused = "refused" }
}

words! {
    /// A draft can be looked at and held; a cut-off edition is being composed; a skipped one was overtaken by a later.
    EditionState {
        Draft = "draft",
        Held = "held",
        CutOff = "cut_off",
        Sent = "sent",
        Skipped = "skipped",
    }
}

words! {
    /// What a message is about. Each kind has a folder in `templates/mail`.
    MessageKind { Update = "update", Withdrawn = "withdrawn" }
}

words! {
    /// How far a message got. `accepted` is what the mail server or a person said, not that it was read; `task` waits
    /// for a person who posts a letter or rings up.
    MessageState {
        Queued = "queued",
        Claimed = "claimed",
        Sending = "sending",
        Accepted = "accepted",
        Deferred = "deferred",
        Failed = "failed",
        Unknown = "unknown",
        Cancelled = "cancelled",
        Task = "task",
    }
}

words! {
    /// What a report says about an address: it is not there, it took this message not (for good, or for now), our own
    /// settings were refused, or the person does not want it.
    BounceKind {
        NoSuchAddress = "no_such_address",
        Permanent = "permanent",
        Passing = "passing",
        Policy = "policy",
        Complaint = "complaint",
    }
}

words! {
    /// How a key of the instance stands. The current one seals; an accepted one is about to take its place; an older one
    /// still opens; of a dropped one only the hashes are known.
    KeyState { Accepted = "accepted", Current = "current", Older = "older", Dropped = "dropped" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_the_word_it_stands_for() {
        for word in Progress::ALL {
            assert_eq!(Progress::parse(word.code()), Some(*word));
        }
        for word in Reason::ALL {
            assert_eq!(Reason::parse(word.code()), Some(*word));
        }
        assert_eq!(Response::parse("accepted_in_principle"), None);
    }

    #[test]
    fn a_word_is_read_by_its_code_or_its_label_in_any_capitals() {
        for text in ["accepted_in_part", "Accepted in part", " ACCEPTED  IN-PART "] {
            assert_eq!(Response::read(text), Some(Response::AcceptedInPart));
        }
        assert_eq!(Reason::read("Leadership or staff change"), Some(Reason::LeadershipChange));
        assert_eq!(Reason::read("leadership change"), Some(Reason::LeadershipChange));
        assert_eq!(Reason::read("Replaced by something else"), Some(Reason::Replaced));
        assert_eq!([Reason::read(""), Reason::read("accepted"), Reason::read("_")], [None; 3]);
        for reason in Reason::ALL {
            assert_eq!(Reason::read(&reason.label()), Some(*reason));
        }
    }
}
