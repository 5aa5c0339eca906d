//! An operator's session on a board: it lasts as long as it takes.

use std::sync::mpsc;
use std::time::Duration;

use board::document::Write;
use board::id::BoardId;
use drawbridge_server::Config;
use drawbridge_server::operator::Operator;

use super::support::{Server, pass, soon};

#[tokio::test]
async fn who_takes_long_over_a_change_is_still_there_for_the_server() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let operator = Operator::new(Config::new(data.path())).await.unwrap();
    let board = BoardId::parse("b").unwrap();
    let mut session = soon("joining", operator.join(&board)).await.unwrap();
    let (release, released) = mpsc::channel::<()>();
    let bringing = session.bring(move |document| {
        let _ = released.recv();
        document.commit(vec![Write::title("late")]);
    });
    let waiting = async {
        // Long enough for whoever answers nothing to be taken for gone.
        for _ in 0..6 {
            pass(Duration::from_secs(20)).await;
            // Whatever is under way gets there meanwhile.
            for _ in 0..8 {
                server.get("/healthz").await;
            }
        }
        release.send(()).unwrap();
    };
    // Not `soon`: two minutes pass meanwhile.
    let (brought, ()) = tokio::join!(bringing, waiting);
    brought.unwrap();
    operator.close().await.unwrap();
    server.stop().await;
}
