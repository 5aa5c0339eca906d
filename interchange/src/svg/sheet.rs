//! Style sheets within an SVG: rules for parts by their name, class and id.
//!
//! Owns which selectors are understood, and which rule counts more. Knows no property.

use roxmltree::Node;

use super::not_ours::NotOurs;

/// Most rules: programs write one for each look, some dozens.
const MAX_RULES: usize = 500;
/// Longest selector in parts.
const MAX_PARTS: usize = 8;

/// All rules, those that count more behind those that count less.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    /// Of what is around it outwards in: the last is the part itself.
    selector: Vec<Compound>,
    weight: [usize; 3],
    declarations: String,
}

/// What one part has to be.
#[derive(Debug, Default)]
struct Compound {
    name: Option<String>,
    ids: Vec<String>,
    classes: Vec<String>,
}

impl Sheet {
    /// Takes a style sheet's text.
    pub(super) fn take(&mut self, css: &str) -> Result<(), NotOurs> {
        let plain = without_comments(css);
        let mut rest = plain.trim_start();
        while !rest.is_empty() {
            let (head, behind) = rest.split_once('{').ok_or(NotOurs::Sheet)?;
            // A statement that ends by itself, such as an import, stands before the rule's own head.
            let head = head.rsplit(';').next().unwrap_or(head).trim();
            if head.starts_with('@') {
                // Fonts, and looks for other media: neither is how it looks here.
                rest = behind_block(behind).ok_or(NotOurs::Sheet)?.trim_start();
                continue;
            }
            let (declarations, behind) = behind.split_once('}').ok_or(NotOurs::Sheet)?;
            self.rule(head, declarations)?;
            rest = behind.trim_start();
        }
        self.rules.sort_by_key(|rule| rule.weight);
        Ok(())
    }

    fn rule(&mut self, head: &str, declarations: &str) -> Result<(), NotOurs> {
        for selector in head.split(',').map(str::trim) {
            // What happens below a pointer is not how it looks by itself.
            if [":hover", ":focus", ":active"]
                .iter()
                .any(|state| selector.contains(state))
            {
                continue;
            }
            let parts = selector.split_ascii_whitespace();
            let selector: Vec<Compound> = parts
                .map(Compound::read)
                .collect::<Option<_>>()
                .ok_or(NotOurs::Sheet)?;
            if selector.is_empty() || selector.len() > MAX_PARTS || self.rules.len() == MAX_RULES {
                return Err(NotOurs::Sheet);
            }
            let count = |of: fn(&Compound) -> usize| selector.iter().map(of).sum();
            self.rules.push(Rule {
                weight: [
                    count(|part| part.ids.len()),
                    count(|part| part.classes.len()),
                    count(|part| usize::from(part.name.is_some())),
                ],
                declarations: declarations.to_owned(),
                selector,
            });
        }
        Ok(())
    }

    /// What it says of a part, those that count more last.
    pub(super) fn of<'s>(&'s self, node: Node<'s, 's>) -> impl Iterator<Item = &'s str> {
        let rules = self.rules.iter().filter(move |rule| rule.means(node));
        rules.map(|rule| rule.declarations.as_str())
    }
}

impl Rule {
    fn means(&self, node: Node<'_, '_>) -> bool {
        let Some((own, mut around)) = self.selector.split_last() else {
            return false;
        };
        if !own.means(node) {
            return false;
        }
        for ancestor in node.ancestors().skip(1) {
            let Some((next, outer)) = around.split_last() else {
                return true;
            };
            if next.means(ancestor) {
                around = outer;
            }
        }
        around.is_empty()
    }
}

impl Compound {
    /// `name.class#id` in any part; `None` for all that says more.
    fn read(text: &str) -> Option<Self> {
        let mut compound = Self::default();
        let is_word = |word: &str| {
            let fits = |c: char| c.is_alphanumeric() || "-_".contains(c);
            !word.is_empty() && word.chars().all(fits)
        };
        let begins = text.find(['.', '#']).unwrap_or(text.len());
        let (name, mut rest) = text.split_at_checked(begins)?;
        match name {
            "" | "*" => {}
            ":root" => compound.name = Some("svg".into()),
            name => compound.name = Some(is_word(name).then(|| name.to_owned())?),
        }
        while let Some(mark) = rest.chars().next() {
            let inside = rest.get(1..)?;
            let ends = inside.find(['.', '#']).unwrap_or(inside.len());
            let (word, behind) = inside.split_at_checked(ends)?;
            let word = is_word(word).then(|| word.to_owned())?;
            match mark {
                '#' => compound.ids.push(word),
                _ => compound.classes.push(word),
            }
            rest = behind;
        }
        Some(compound)
    }

    fn means(&self, node: Node<'_, '_>) -> bool {
        let has = |class: &String| {
            let classes = node.attribute("class").unwrap_or_default();
            classes.split_ascii_whitespace().any(|own| own == class)
        };
        let name = self.name.as_ref();
        node.is_element()
            && name.is_none_or(|name| node.tag_name().name() == name)
            && self.ids.iter().all(|id| node.attribute("id") == Some(id))
            && self.classes.iter().all(has)
    }
}

/// What stands behind a block, blocks within it included.
fn behind_block(text: &str) -> Option<&str> {
    let mut open = 1usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return text.get(at + 1..);
        }
    }
    None
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, behind)) = rest.split_once("/*") {
        plain.push_str(before);
        plain.push(' ');
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    plain.replace("<!--", "").replace("-->", "")
}

/// Names and values of declarations; those that are important behind all others.
pub(super) fn declarations(text: &str) -> impl Iterator<Item = (&str, &str, bool)> {
    let pairs = text.split(';').filter_map(|pair| pair.split_once(':'));
    pairs.map(|(name, value)| {
        let (value, important) = match value.split_once('!') {
            Some((value, _)) => (value, true),
            None => (value, false),
        };
        (name.trim(), value.trim(), important)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(css: &str, svg: &str, id: &str) -> Result<String, NotOurs> {
        let mut sheet = Sheet::default();
        sheet.take(css)?;
        let document = roxmltree::Document::parse(svg).unwrap();
        let node = document
            .descendants()
            .find(|node| node.attribute("id") == Some(id))
            .unwrap();
        Ok(sheet.of(node).map(str::trim).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn what_counts_more_comes_last() {
        let svg = "<svg><g class='around'><path id='p' class='one two'/></g></svg>";
        for (css, is) in [
            (".one{a}", "a"),
            (".one.two{a} .two{b} path{c} *{d}", "d|c|b|a"),
            ("#p{a}.one{b}", "b|a"),
            ("/* no */ .three, path { a } <!-- -->", "a"),
            (
                "@font-face{src:url(data:x)}@media print{path{b}}path{a}",
                "a",
            ),
            ("@import 'x'; path{a}", "a"),
            (".around path{a} svg .around .one{b} .else path{c}", "a|b"),
            ("path:hover{a}path{b}", "b"),
        ] {
            assert_eq!(said(css, svg, "p").as_deref(), Ok(is), "{css}");
        }
        for odd in [
            "g > path{a}",
            "path[d]{a}",
            "path:first-child{a}",
            "path{",
            "path",
            "@media{",
        ] {
            assert_eq!(said(odd, svg, "p"), Err(NotOurs::Sheet), "{odd}");
        }
    }
}
