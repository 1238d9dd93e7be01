//! Which stories may be quoted in public, and whose name stands under them: what their tellers agreed to, and no more.

use super::words::{Attribution, Consent};

/// What stands under an excerpt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// The name by which its teller wants to be known.
    Name,
    /// The story's code.
    Code,
    /// Neither.
    Nothing,
}

/// Under what a story is quoted. `None`: it is not quoted. Who agreed to be public without a name is not named, whatever
/// the attribution says; a blank attribution names nobody.
pub fn quoted_under(consent: Option<Consent>, attribution: Option<Attribution>) -> Option<Under> {
    match (consent?, attribution) {
        (Consent::Internal, _) | (_, Some(Attribution::NotQuoted)) => None,
        (Consent::PublicNamed, Some(Attribution::Named | Attribution::ChosenName)) => Some(Under::Name),
        (_, Some(Attribution::Code)) => Some(Under::Code),
        _ => Some(Under::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_quoted_only_as_its_teller_agreed() {
        use Attribution::{ChosenName, Code, Named, NotQuoted, Uncoded};
        let cases = [
            (None, Some(Named), None),
            (Some(Consent::Internal), Some(Code), None),
            (Some(Consent::PublicNamed), Some(NotQuoted), None),
            (Some(Consent::PublicAnonymous), Some(NotQuoted), None),
            (Some(Consent::PublicNamed), Some(Named), Some(Under::Name)),
            (Some(Consent::PublicNamed), Some(ChosenName), Some(Under::Name)),
            (Some(Consent::PublicAnonymous), Some(Named), Some(Under::Nothing)),
            (Some(Consent::PublicAnonymous), Some(ChosenName), Some(Under::Nothing)),
            (Some(Consent::PublicAnonymous), Some(Code), Some(Under::Code)),
            (Some(Consent::PublicNamed), Some(Code), Some(Under::Code)),
            (Some(Consent::PublicNamed), Some(Uncoded), Some(Under::Nothing)),
            (Some(Consent::PublicNamed), None, Some(Under::Nothing)),
        ];
        for (consent, attribution, under) in cases {
            assert_eq!(quoted_under(consent, attribution), under, "{consent:?} {attribution:?}");
        }
    }
}
