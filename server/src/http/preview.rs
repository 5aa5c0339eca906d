//! What others show of a link to a page: a picture and a title.
//!
//! Owns that both say nothing of a board unless the operator wants it, and that nothing of a request gets
//! into the page: its address is the operator's word.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use board::id::BoardId;
use tokio::time::timeout;

use super::refusal::escaped;
use crate::boards::Boards;
use crate::made::of_replica;

/// Largest picture, pixels: what most who show links take.
const SIZE: &str = "1200,630";
/// How long a page waits for its board's title, and for its turn to read one: people open pages too.
const PATIENCE: Duration = Duration::from_millis(500);
/// Largest state of a board whose title is looked for, bytes: it takes a tenth of a second.
const LARGEST: usize = 8 << 20;
/// How long a title is kept, and how many.
const KEPT: Duration = Duration::from_secs(60);
const MANY: usize = 1_000;

/// What pages say of links to them.
#[derive(Debug, Default)]
pub(crate) struct Previews {
    /// Where people reach this server, without a stroke at the end.
    public: Option<String>,
    /// Whether boards are shown.
    of_boards: bool,
    titles: Mutex<HashMap<BoardId, (Instant, String)>>,
    /// One board is read at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// What one page says.
#[derive(Debug, Default)]
pub(super) struct Preview {
    public: String,
    /// A board with its title.
    board: Option<(BoardId, String)>,
}

impl Previews {
    /// At a public address; of boards only if that is wanted.
    pub(crate) fn new(public: Option<String>, of_boards: bool) -> Self {
        Self {
            of_boards: of_boards && public.is_some(),
            public,
            ..Self::default()
        }
    }

    /// Of the page itself.
    pub(super) fn of_page(&self) -> Preview {
        Preview {
            public: self.public.clone().unwrap_or_default(),
            board: None,
        }
    }

    /// Of the page of a board.
    pub(super) async fn of_board(&self, boards: &Arc<Boards>, board: &BoardId) -> Preview {
        let mut preview = self.of_page();
        if self.of_boards && matches!(boards.mark(board).await, Ok(Some(_))) {
            let title = self.title(boards, board).await.unwrap_or_default();
            preview.board = Some((board.clone(), title));
        }
        preview
    }

    async fn title(&self, boards: &Arc<Boards>, board: &BoardId) -> Option<String> {
        if let Some((since, title)) = self.titles().get(board)
            && since.elapsed() < KEPT
        {
            return Some(title.clone());
        }
        let turn = Arc::clone(&self.turn).lock_owned();
        let turn = timeout(PATIENCE, turn).await.ok()?;
        let (boards, name) = (Arc::clone(boards), board.clone());
        let reading = tokio::task::spawn_blocking(move || {
            let replica = boards.read(&name, LARGEST).ok();
            let title = replica.and_then(|replica| Some(of_replica(replica).ok()?.title()));
            drop(turn);
            title
        });
        let title = timeout(PATIENCE, reading).await.ok()?.ok()??;
        let mut titles = self.titles();
        if titles.len() >= MANY {
            titles.clear();
        }
        titles.insert(board.clone(), (Instant::now(), title.clone()));
        Some(title)
    }

    fn titles(&self) -> std::sync::MutexGuard<'_, HashMap<BoardId, (Instant, String)>> {
        self.titles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Preview {
    /// Writes it into the head of a page, which says what Drawbridge is.
    pub(super) fn put_into(&self, mut page: String) -> String {
        let Self { public, board } = self;
        let Some((board, title)) = board else {
            set(&mut page, "og:image", &format!("{public}/preview.png"));
            return page;
        };
        let picture = format!("{public}/v1/boards/{board}/picture.png?fit={SIZE}");
        set(&mut page, "og:image", &picture);
        set(&mut page, "og:image:alt", "The board");
        // How large its picture is, follows from what is on it.
        ["og:image:width", "og:image:height"]
            .iter()
            .for_each(|property| remove(&mut page, property));
        if !title.is_empty() {
            set(&mut page, "og:title", title);
        }
        page
    }
}

/// Where a property's value stands in a page, from behind its first quotation mark.
fn place(page: &str, property: &str) -> Option<std::ops::Range<usize>> {
    let before = format!("property=\"{property}\" content=\"");
    let start = page.find(&before)? + before.len();
    let length = page.get(start..)?.find('"')?;
    Some(start..start + length)
}

fn set(page: &mut String, property: &str, value: &str) {
    if let Some(place) = place(page, property) {
        page.replace_range(place, &escaped(value));
    }
}

/// Takes away all that says it.
fn remove(page: &mut String, property: &str) {
    let Some(value) = place(page, property) else {
        return;
    };
    let start = page.get(..value.start).and_then(|before| before.rfind('<'));
    let length = page.get(value.end..).and_then(|behind| behind.find('>'));
    if let (Some(start), Some(length)) = (start, length) {
        page.replace_range(start..value.end + length + 1, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta property=\"og:title\" content=\"Draw\" />\n\
        <meta property=\"og:image\" content=\"/preview.png\" />\n\
        <meta property=\"og:image:width\" content=\"1200\" />\n\
        <meta property=\"og:image:height\" content=\"630\" />\n\
        <meta property=\"og:image:alt\" content=\"People\" />\n<title>Drawbridge</title>";

    #[test]
    fn a_page_says_what_drawbridge_is_and_where() {
        let nowhere = Preview::default().put_into(PAGE.to_owned());
        assert_eq!(nowhere, PAGE);
        let preview = Preview {
            public: "https://draw.example.org".to_owned(),
            board: None,
        };
        let page = preview.put_into(PAGE.to_owned());
        assert!(page.contains("content=\"https://draw.example.org/preview.png\""));
        assert!(page.contains("og:image:width") && page.contains("content=\"Draw\""));
    }

    #[test]
    fn the_page_of_a_board_names_it_and_shows_it_whatever_it_is_called() {
        let preview = Preview {
            public: "https://draw.example.org".to_owned(),
            board: Some((
                BoardId::parse("plan.b").unwrap(),
                "\"><script>alert(1)</script>".to_owned(),
            )),
        };
        let page = preview.put_into(PAGE.to_owned());
        let picture = "https://draw.example.org/v1/boards/plan.b/picture.png?fit=1200,630";
        assert!(
            page.contains(&format!("og:image\" content=\"{picture}\"")),
            "{page}"
        );
        assert!(!page.contains("<script>"), "{page}");
        assert!(
            page.contains("content=\"&quot;&gt;&lt;script&gt;"),
            "{page}"
        );
        assert!(
            !page.contains("og:image:width") && !page.contains("og:image:height"),
            "{page}"
        );
    }
}
