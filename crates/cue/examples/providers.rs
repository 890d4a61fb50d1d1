//! Runs a program that asks for things to be done: two providers do them, CUE says what and in which order.
//!
//! ```text
//! cargo run -p burgee-cue --example providers
//! ```

use std::{
    collections::HashMap,
    error::Error,
    io::{self, Write as _},
};

use burgee_cue::{Call, Limits, Program, Progress, Results, Value, next};
use burgee_source::{Kind, Node, SourceId};

/// Reads a stock, counts what is missing, orders it, and says so.
const PROGRAM: &str = r#"
stock: {
    #provider: "shop"
    #do:       "read"
    $params: item: "tea"
}
missing: wanted - stock.$returns.count
if missing > 0 {
    order: {
        #provider: "shop"
        #do:       "order"
        $params: {item: stock.$params.item, count: missing}
    }
    letter: {
        #provider: "mail"
        #do:       "send"
        $params: text: "\(missing) tea are on their way: \(order.$returns.number)"
    }
}
"#;

/// Something that does what programs ask for.
trait Provider {
    /// Makes one call. What it gives stands under `$returns` in the next pass.
    fn make(&mut self, call: &Call) -> Result<Node, Box<dyn Error>>;
}

struct Shop {
    count: i64,
}

impl Provider for Shop {
    fn make(&mut self, call: &Call) -> Result<Node, Box<dyn Error>> {
        match &*call.action {
            "read" => Ok(Node::map([(
                "count",
                Value::encode(&self.count)?.to_node(),
            )])),
            "order" => {
                let count: i64 = match call.params.get("count") {
                    Some(count) => count.decode()?,
                    None => return Err("how many?".into()),
                };
                self.count += count;
                Ok(Node::map([("number", Node::string("A-17"))]))
            }
            other => Err(format!("a shop cannot {other}").into()),
        }
    }
}

/// Keeps the letters.
#[derive(Default)]
struct Mail {
    sent: Vec<String>,
}

impl Provider for Mail {
    fn make(&mut self, call: &Call) -> Result<Node, Box<dyn Error>> {
        let text = call.params.get("text").and_then(Value::as_str);
        self.sent.push(text.ok_or("no text")?.to_owned());
        Ok(Kind::Null.into())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (log, value) = run(12)?;
    let mut out = io::stdout().lock();
    for line in log {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", value.to_json_text())?;
    Ok(())
}

/// Passes over the program until every call has its result. Gives what was called, and the finished value.
pub(crate) fn run(wanted: i64) -> Result<(Vec<String>, Value), Box<dyn Error>> {
    let program =
        Program::file(PROGRAM, SourceId(0)).map_err(|problems| format!("{problems:?}"))?;
    let wanted = Value::encode(&wanted)?;
    let mut providers: HashMap<&str, Box<dyn Provider>> = HashMap::new();
    providers.insert("shop", Box::new(Shop { count: 5 }));
    providers.insert("mail", Box::new(Mail::default()));

    let mut log = Vec::new();
    let mut results = Results::new();
    loop {
        match next(
            &program,
            &[("wanted", &wanted)],
            &results,
            &Limits::default(),
        )? {
            Progress::Calls(calls) => {
                for call in calls {
                    let provider = providers
                        .get_mut(&*call.provider)
                        .ok_or("no such provider")?;
                    log.push(format!(
                        "{}: {} {}",
                        call.path,
                        call.action,
                        call.params.to_json_text()
                    ));
                    let result = provider.make(&call)?;
                    results.insert(call.path, result);
                }
            }
            Progress::Waiting(path) => return Err(format!("{path} waits for nothing").into()),
            Progress::Done(value) => return Ok((log, value)),
        }
    }
}
