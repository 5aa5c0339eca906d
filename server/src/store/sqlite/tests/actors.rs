//! Who brought what.

use super::*;

fn by(actor: ActorId, seq: u64) -> Row {
    Row {
        actor,
        ..row(seq, "x")
    }
}

fn actors(directory: &Path) -> Vec<(i64, String)> {
    let connection = Connection::open(directory.join(FILE)).unwrap();
    let mut query = connection
        .prepare("SELECT id, kind FROM actors ORDER BY id")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn rows_keep_who_brought_them_and_each_is_written_down_once() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let [one, other] = [2, 7_000_000_000_000_000].map(|id| ActorId::read(id).unwrap());
    assert_eq!(actors(directory.path()), []);
    let rows = vec![by(one, 1), by(other, 2), by(one, 3)];
    append(&store, "b", rows.clone()).unwrap();
    append(&store, "c", vec![by(other, 1), by(ActorId::OPERATOR, 2)]).unwrap();
    drop(store);
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", vec![by(other, 4)]).unwrap();
    assert_eq!(
        store.load(&board("b")).unwrap().rows,
        [rows, vec![by(other, 4)]].concat()
    );
    let written = [
        (1, "operator".to_owned()),
        (2, "visitor".to_owned()),
        (7_000_000_000_000_000, "visitor".to_owned()),
    ];
    assert_eq!(actors(directory.path()), written);
}

#[test]
fn an_actor_of_rows_that_failed_is_written_with_the_next_that_do_not() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let one = ActorId::read(20).unwrap();
    append(&store, "b", vec![row(1, "a")]).unwrap();
    append(&store, "b", vec![by(one, 1)]).unwrap_err();
    assert_eq!(actors(directory.path()).len(), 1, "only whose row is there");
    append(&store, "b", vec![by(one, 2)]).unwrap();
    assert_eq!(actors(directory.path()).len(), 2);
}

#[test]
fn a_check_names_rows_of_actors_who_are_not_known() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", vec![row(1, "a")]).unwrap();
    drop(store);
    edit(directory.path(), "DELETE FROM actors");
    let found = upkeep::check(directory.path()).unwrap();
    let unknown = "the database: 1 actor of rows is not in the table of actors";
    assert!(
        found.wrong.iter().any(|wrong| wrong == unknown),
        "{found:?}"
    );
}
