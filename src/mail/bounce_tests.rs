use super::*;

const HEAD: &str = "From: MAILER-DAEMON@mx.example\r\n\
    To: bounces+x@example.org\r\n\
    Delivered-To: bounces+y@example.org\r\n\
    Subject: Undelivered\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"=_b (1)\"\r\n";

fn report(fields: &str) -> String {
    format!(
        "{HEAD}\r\n--=_b (1)\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --=_b (1)\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\nAction: failed\r\n\r\n{fields}\r\n\
         --=_b (1)\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\nStatus: 5.1.1\r\n\r\nHi\r\n--=_b (1)--\r\n"
    )
}

fn recipients(fields: &str) -> Vec<Recipient> {
    match read(report(fields).as_bytes()).report {
        Report::Delivery(recipients) => recipients,
        other => panic!("{other:?}"),
    }
}

fn status(text: &str) -> Option<Status> {
    Some(Status::parse(text).expect("a status"))
}

#[test]
fn what_a_server_says_of_the_recipient_is_read() {
    let fields = "Final-Recipient: rfc822; sam@people.example\r\n\
                  action: FAILED (for good)\r\n\
                  Status: 5.0.0 (unknown)\r\n\
                  Diagnostic-Code: smtp; 550-5.1.1 <sam@people.example>\r\n\tno such user\r\n";
    let wanted =
        Recipient { action: Some(Action::Failed), status: status("5.0.0"), diagnostic: status("5.1.1") };
    assert_eq!(recipients(fields), [wanted]);
    let came = read(report(fields).as_bytes());
    assert_eq!(came.delivered_to, ["bounces+y@example.org", "bounces+x@example.org"]);
    assert!(report(fields)[came.body_at..].starts_with("--=_b"));
}

#[test]
fn line_ends_of_unix_are_line_ends_too() {
    let report = report("Action: failed\r\nStatus: 5.1.1\r\n").replace("\r\n", "\n");
    let wanted = Recipient { action: Some(Action::Failed), status: status("5.1.1"), diagnostic: None };
    assert_eq!(read(report.as_bytes()).report, Report::Delivery(vec![wanted]));
}

#[test]
fn fields_that_are_not_there_or_there_twice_say_nothing() {
    for (fields, wanted) in [
        ("Action: failed\r\n", Recipient { action: Some(Action::Failed), ..Recipient::default() }),
        ("Status: 9.9.9\r\n", Recipient::default()),
        ("Status: 5.1.1\r\nStatus: 2.0.0\r\n", Recipient::default()),
        (
            "Final-Recipient: rfc822; a@b.example\r\nStatus : 5.1.1\r\n",
            Recipient { status: status("5.1.1"), ..Recipient::default() },
        ),
    ] {
        assert_eq!(recipients(fields), [wanted], "{fields}");
    }
    assert!(recipients("X-Other: 1\r\n").is_empty());
    assert_eq!(recipients("Status: 5.1.1\r\n\r\nStatus: 5.1.1\r\n").len(), 2);
}

#[test]
fn a_report_under_a_transfer_encoding_is_read_too() {
    let plain = "Reporting-MTA: dns; mx.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n";
    use base64::Engine;
    let encoded = base64::engine::general_purpose::STANDARD.encode(plain);
    let message = format!(
        "{HEAD}\r\n--=_b (1)\r\nContent-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--=_b (1)--\r\n"
    );
    let wanted = Recipient { action: Some(Action::Failed), status: status("5.1.1"), diagnostic: None };
    assert_eq!(read(message.as_bytes()).report, Report::Delivery(vec![wanted]));
}

#[test]
fn a_complaint_repeats_whom_it_is_about() {
    let head = HEAD.replace("delivery-status", "feedback-report");
    let message = format!(
        "{head}\r\n--=_b (1)\r\nContent-Type: message/feedback-report\r\n\r\n\
         Feedback-Type: abuse\r\nOriginal-Mail-From: <bounces+z@example.org>\r\n\r\n\
         --=_b (1)\r\nContent-Type: message/rfc822\r\n\r\nReturn-Path: <bounces+w@example.org>\r\n\r\nHi\r\n--=_b (1)--\r\n"
    );
    let came = read(message.as_bytes());
    assert_eq!(came.report, Report::Complaint(Complaint::Unwanted));
    assert_eq!(came.about, ["bounces+z@example.org", "bounces+w@example.org"]);
    // A delivery report repeats the message too; that proves nothing about where it came to.
    assert!(read(report("Status: 5.1.1\r\n").as_bytes()).about.is_empty());
}

#[test]
fn whatever_else_comes_is_no_report_and_costs_nothing() {
    let nested = |depth: usize| {
        let open: String = (0..depth)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\r\n\r\n--b{n}\r\n"))
            .collect();
        format!(
            "To: a@example.org\r\n{open}Content-Type: message/delivery-status\r\n\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        )
    };
    let away =
        "To: a@example.org\r\nAuto-Submitted: auto-replied\r\nSubject: Away 5.1.1\r\n\r\nStatus: 5.1.1\r\n";
    let forged = "To: a@example.org\r\nContent-Type: message/delivery-status\r\n\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n";
    for message in [
        "",
        "\r\n\r\n",
        "no header",
        away,
        forged,
        &nested(2),
        &nested(100),
        &nested(10_000),
        "Content-Type: multipart/report\r\n\r\n--\r\n",
        "Content-Type: multipart/report; boundary=\"\"\r\n\r\n--\r\n",
        &format!("Content-Type: multipart/report; boundary=b\r\n\r\n{}", "--b\r\n".repeat(100_000)),
        &"\u{0}".repeat(100_000),
        &format!("Content-Type: {}\r\n\r\n", "multipart/".repeat(50_000)),
    ] {
        assert_eq!(read(message.as_bytes()).report, Report::Other, "{:.60}", message);
    }
    for cut in 0..report("Action: failed\r\nStatus: 5.1.1\r\n").len() {
        let _whatever = read(&report("Action: failed\r\nStatus: 5.1.1\r\n").as_bytes()[..cut]);
    }
}
