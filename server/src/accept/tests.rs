//! One connection, served over a real socket.

use socket2::SockRef;
use warp::Reply as _;

use super::*;

#[tokio::test]
async fn small_frames_are_not_held_back() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let theirs = TcpStream::connect(listener.local_addr().unwrap());
    let (theirs, ours) = tokio::join!(theirs, listener.accept());
    let (ours, from) = ours.unwrap();
    // The same socket again: the other is the server's.
    let seen = SockRef::from(&ours).try_clone().unwrap();
    assert!(!seen.tcp_nodelay().unwrap());
    let door = Door {
        connections: 1,
        header_timeout: Duration::from_secs(10),
        tls: None,
        addresses: Arc::new(Addresses::new(1, Vec::new())),
        metrics: Arc::new(Metrics::new()),
    };
    let admission = admit(&Arc::new(Semaphore::new(1)), &door, from).unwrap();
    let routes = warp::any().map(|| "here".into_response());
    drop(theirs);
    serve(ours, routes, admission, door, Stopping::default()).await;
    assert!(seen.tcp_nodelay().unwrap());
}
