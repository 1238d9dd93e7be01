//! Styles written into the tags of a message, as mail programs want them: once for each piece, when it is made.

use css_inline::{CSSInliner, InlineOptions};

use super::document::Block;

/// Stands where the parts of what was made together are taken apart again. No text may contain it.
const HERE: char = '\u{FFFE}';

/// A sheet of styles, and what writes them into tags. It fetches nothing.
pub struct Styles {
    css: String,
    inliner: CSSInliner<'static>,
}

impl Styles {
    pub fn new(css: String) -> Self {
        let options = InlineOptions {
            load_remote_stylesheets: false,
            keep_style_tags: false,
            extra_css: Some(css.clone().into()),
            ..InlineOptions::default()
        };
        Styles { css, inliner: CSSInliner::new(options) }
    }

    /// A whole document. What it marks to be kept of its own sheet stays.
    ///
    /// # Errors
    /// When the sheet cannot be read.
    pub fn document(&self, html: &str) -> anyhow::Result<String> {
        Ok(self.inliner.inline(html)?.replace(" data-css-inline=\"keep\"", ""))
    }

    /// One block, whose tags may be opened or closed by others.
    ///
    /// # Errors
    /// When the sheet cannot be read.
    pub fn block(&self, block: &Block, html: &str) -> anyhow::Result<String> {
        let styled = match block {
            Block::ListEnds => return Ok(html.to_owned()),
            Block::ListOpens => self.part(&format!("{html}{HERE}</ul>"), 0)?,
            Block::Line { .. } => self.part(&format!("<ul>{HERE}{html}{HERE}</ul>"), 1)?,
            _ => self.part(html, 0)?,
        };
        // A template of the operator's own that is no HTML by itself stays as it is.
        Ok(styled.map_or_else(|| html.to_owned(), |styled| format!("{}\n", styled.trim())))
    }

    fn part(&self, html: &str, part: usize) -> anyhow::Result<Option<String>> {
        let marks = html.matches(HERE).count();
        let styled = self.inliner.inline_fragment(html, &self.css)?;
        let parts: Vec<&str> = styled.split(HERE).collect();
        Ok((parts.len() == marks + 1).then(|| parts[part].to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::document::Line;

    #[test]
    fn a_list_is_styled_though_it_comes_in_parts() {
        let styles = Styles::new("ul { margin: 1px } li { margin: 2px } a { margin: 3px }".to_owned());
        let line = Block::Line { line: Line::new("a".to_owned()) };
        assert_eq!(styles.block(&Block::ListOpens, "<ul>\n").unwrap(), "<ul style=\"margin: 1px;\">\n");
        assert_eq!(
            styles.block(&line, "<li>a &amp; <a href=\"https://b.example/?c=d&amp;e\">b</a></li>\n").unwrap(),
            "<li style=\"margin: 2px;\">a &amp; <a href=\"https://b.example/?c=d&amp;e\" style=\"margin: 3px;\">b</a></li>\n"
        );
        assert_eq!(styles.block(&Block::ListEnds, "</ul>\n").unwrap(), "</ul>\n");
    }

    #[test]
    fn what_an_operator_s_template_makes_of_a_line_is_never_lost() {
        let styles = Styles::new("li { margin: 2px }".to_owned());
        let line = Block::Line { line: Line::new("a".to_owned()) };
        for html in ["</ul></td>words<tr>\n", "words\n", ""] {
            assert!(
                styles
                    .block(&line, html)
                    .unwrap()
                    .contains(html.trim().trim_start_matches("</ul></td>").trim_end_matches("<tr>"))
            );
        }
    }
}
