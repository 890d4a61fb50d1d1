//! `burgee send slack|dingtalk`: one message, no workflow.

use std::sync::Arc;

use burgee_http::{Client, Outbound, SystemClock};
use burgee_model::{Clock, Delivery, Service};
use burgee_notify::{
    Destination, DestinationError, Notifier, NotifierConfig, check_message, prepare,
};
use burgee_source::{Lang, Node, Severity, Sources};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Env, json_text, network, runtime};
use crate::{
    args::{SendArgs, SendOutput},
    exit::{Exit, Failure},
    input,
    secrets::SecretStore,
    value_source::ValueSource,
};

/// Sends the message.
pub(crate) fn send(args: &SendArgs, env: &Env) -> Result<Exit, Failure> {
    let service = Service::from(args.service);
    let mut sources = Sources::default();
    let message = prepare(service, &message(service, args, &mut sources, env)?);
    let problems = check_message(service, &message);
    env.explain(&problems, &sources);
    if problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error)
    {
        return Ok(Exit::Manifest);
    }
    let wrong =
        |error: DestinationError| Failure::usage(format!("--url: {}", error.message(env.lang)));
    let url = secret("--url", &args.url, env)?;
    let mut destination = Destination::from_text(service, url.expose_secret()).map_err(wrong)?;
    if let Some(text) = &args.secret {
        let secret = secret("--secret", text, env)?;
        destination = destination
            .signed_with(secret.expose_secret())
            .map_err(wrong)?;
    }
    network::refuse_plain_http(&destination, &args.network)?;
    let delivery = runtime()?.block_on(deliver(&destination, &message, args, env))?;
    match args.output {
        SendOutput::Text => env
            .console
            .print(&format!("{}\n", crate::view::delivery(&delivery, env.lang))),
        SendOutput::Json => env.console.print(&json_text(&delivery)),
    }
    Ok(if delivery.outcome.is_success() {
        Exit::Ok
    } else {
        Exit::Failed
    })
}

async fn deliver(
    destination: &Destination,
    message: &Node,
    args: &SendArgs,
    env: &Env,
) -> Result<Delivery, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::default());
    let client = Client::new(
        network::config(&args.network, Outbound::Any),
        Arc::clone(&clock),
    );
    let client = client.map_err(Failure::usage)?;
    let config = NotifierConfig {
        lang: env.lang,
        seed: fastrand::u64(..),
        ..NotifierConfig::default()
    };
    let notifier = Notifier::new(config, client, clock, Arc::new(SecretStore::default()));
    let on_retry = |so_far: &Delivery, wait: std::time::Duration| {
        let said = crate::view::delivery(so_far, env.lang);
        let seconds = wait.as_secs_f64();
        match env.lang {
            Lang::En => env.console.say(&format!("{said}; again in {seconds:.1} s")),
            Lang::Zh => env.console.say(&format!("{said}；{seconds:.1} 秒后重试")),
        }
    };
    Ok(notifier.deliver(destination, message, &on_retry).await)
}

/// The message of `--message`, or a text message of `--text`.
fn message(
    service: Service,
    args: &SendArgs,
    sources: &mut Sources,
    env: &Env,
) -> Result<Node, Failure> {
    if let Some(path) = &args.message {
        let file = input::source(path, sources);
        let file = file.map_err(|error| Failure::usage(format!("--message: {error}")))?;
        let (mut documents, problems) = burgee_manifest::documents(sources, file);
        env.explain(&problems, sources);
        return match documents.pop() {
            Some(message) if documents.is_empty() => Ok(message),
            Some(_) | None => Err(Failure::usage("--message: expected one document")),
        };
    }
    let text = Node::string(args.text.as_deref().unwrap_or_default());
    Ok(match service {
        Service::Slack => Node::map([("text", text)]),
        Service::Dingding => Node::map([
            ("msgtype", Node::string("text")),
            ("text", Node::map([("content", text)])),
        ]),
    })
}

/// A secret flag's value, known to the mask.
fn secret(flag: &str, text: &str, env: &Env) -> Result<SecretString, Failure> {
    let source = ValueSource::parse(text);
    if source.is_literal() {
        env.say(
            &format!("warning: {flag}: a secret on the command line can be read by every user of this machine; write env:VAR, file:PATH or -"),
            &format!("警告：{flag}：命令行上的密钥可被本机所有用户看到；请改用 env:VAR、file:PATH 或 -"),
        );
    }
    let resolved = source.resolve(flag)?;
    env.console.redactor().learn(resolved.value.expose_secret());
    Ok(resolved.value)
}
