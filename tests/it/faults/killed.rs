//! Senders that are killed.

use super::*;

/// Eight connections with thirty-two each: on their way, opened, marked for the time after, or waiting for their end to be written.
const IN_FLIGHT: usize = 256;

/// At full size 10,000 messages and 50 kills.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_senders_leave_that_are_killed_at_any_moment_goes_out_at_least_once_and_never_three_times() {
    for on_postgres in [false, true] {
        let (messages, kills) = (sized(10_000, 2_000), sized(50, 15));
        let began = Instant::now();
        let Some(t) = queued(on_postgres, messages).await else { return };
        eprintln!("{messages} messages are queued after {:?}", began.elapsed());
        let server = SmtpServer::start().await;
        server.keep_only_heads();
        let mut at_kills = Vec::new();
        for count in 0..kills {
            // Each gets its share of what is left, and dies at some point of it.
            let share = (messages - server.count().min(messages)) / (kills - count + 1);
            let until_then = server.count() + 1 + share * (count * 37 % 100) / 50;
            let name = format!("sender{count}");
            let mut child = process(&t, &server.url(), &name, &["tick"]);
            until("messages before a kill", async || {
                server.count() >= until_then || child.try_wait().expect("a process").is_some()
            })
            .await;
            kill(&t, &mut child, &name).await;
            let states = states(&t).await;
            at_kills.push(states.get("sending").copied().unwrap_or(0));
            an_hour_passes(&t).await;
        }
        for last in 0..4 {
            let mut child = process(&t, &server.url(), &format!("last{last}"), &["tick"]);
            assert!(ended(&mut child).await.success(), "{}", log_of(&t, &format!("last{last}")));
            an_hour_passes(&t).await;
        }
        eprintln!("after {:?}: in flight at kills {at_kills:?}", began.elapsed());
        let taken = taken(&server);
        let (mut unknown, mut twice) = (0, 0);
        for row in rows(&t).await {
            let times = taken.get(&row.message_id).copied().unwrap_or(0);
            assert!(times <= 2, "{times} times: {row:?}");
            assert!(row.finished_at.is_some(), "{row:?}");
            match row.state {
                MessageState::Accepted => assert!(times >= 1, "never taken: {row:?}"),
                MessageState::Unknown => unknown += 1,
                _ => panic!("{row:?}"),
            }
            twice += usize::from(times == 2);
        }
        eprintln!("{:?}, {twice} twice, {unknown} unknown", states(&t).await);
        assert!(at_kills.iter().all(|count| *count <= IN_FLIGHT), "{at_kills:?}");
        assert!(twice <= at_kills.iter().sum(), "{twice}");
    }
}
