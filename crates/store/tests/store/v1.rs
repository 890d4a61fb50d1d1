//! A journal of version 1 of the schema, as it was dumped. It must fold to the same report for ever.

use burgee_store::Store;
use rusqlite::Connection;

#[test]
fn a_journal_of_version_1_folds_to_the_same_report() {
    let dir = tempfile::tempdir().unwrap();
    let database = Connection::open(dir.path().join("burgee.db")).unwrap();
    database.execute_batch(include_str!("v1.sql")).unwrap();
    drop(database);
    let store = Store::open(dir.path()).unwrap();
    let report = store.state(&"kx3f22".into()).unwrap().report();
    insta::assert_json_snapshot!(report, @r#"
    {
      "run": "kx3f22",
      "application": "shop",
      "namespace": "default",
      "target": "sandbox",
      "mode": "StepByStep-DAG",
      "status": "terminated",
      "message": "ended by li",
      "finished": true,
      "terminated": true,
      "suspend": false,
      "startTime": "2026-01-01T12:00:00Z",
      "endTime": "2026-01-01T12:01:35.000000001Z",
      "steps": [
        {
          "id": "a1",
          "name": "deploy",
          "type": "apply-component",
          "phase": "succeeded",
          "firstExecuteTime": "2026-01-01T12:00:01Z",
          "lastExecuteTime": "2026-01-01T12:00:06Z"
        },
        {
          "id": "g1",
          "name": "tell",
          "type": "step-group",
          "alias": "Tell everybody",
          "phase": "failed",
          "firstExecuteTime": "2026-01-01T12:00:07Z",
          "lastExecuteTime": "2026-01-01T12:01:02Z",
          "subSteps": [
            {
              "id": "b1",
              "name": "slack",
              "type": "notification",
              "phase": "succeeded",
              "firstExecuteTime": "2026-01-01T12:00:07Z",
              "lastExecuteTime": "2026-01-01T12:00:09Z",
              "deliveries": [
                {
                  "service": "slack",
                  "destination": "https://hooks.slack.com/…#3fa9c1",
                  "outcome": "Delivered",
                  "attempts": 2,
                  "httpStatus": 200,
                  "serviceCode": "ok",
                  "latencyMs": 9
                }
              ]
            },
            {
              "id": "b2",
              "name": "dingtalk",
              "type": "notification",
              "phase": "failed",
              "reason": "Execute",
              "message": "no answer",
              "attempts": 2,
              "firstExecuteTime": "2026-01-01T12:01:01Z",
              "lastExecuteTime": "2026-01-01T12:01:02Z",
              "unknown": true
            }
          ]
        },
        {
          "id": "c1",
          "name": "ask",
          "type": "suspend",
          "phase": "succeeded",
          "firstExecuteTime": "2026-01-01T12:01:03Z",
          "lastExecuteTime": "2026-01-01T12:01:30Z"
        },
        {
          "id": "d1",
          "name": "rollback",
          "type": "apply-component",
          "phase": "skipped",
          "reason": "Skip",
          "lastExecuteTime": "2026-01-01T12:01:31Z"
        }
      ]
    }
    "#);
    let pending = store.pending(&"kx3f22".into()).unwrap();
    insta::assert_debug_snapshot!(pending, @r#"
    [
        (
            CommandId(
                3,
            ),
            Command {
                action: Terminate,
                by: "li",
                reason: Some(
                    "enough",
                ),
                at: 2026-01-01T12:01:20Z,
            },
        ),
        (
            CommandId(
                4,
            ),
            Command {
                action: Restart {
                    from: Some(
                        StepId(
                            "b2",
                        ),
                    ),
                    again: false,
                },
                by: "wang",
                reason: None,
                at: 2026-01-01T12:01:20Z,
            },
        ),
    ]
    "#);
}
