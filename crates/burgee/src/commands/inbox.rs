//! `burgee inbox`: the stand-in services on their own.

use std::sync::Arc;

use burgee_http::SystemClock;
use burgee_inbox::{Inbox, InboxConfig, Received};
use burgee_model::Service;
use burgee_source::Lang;
use secrecy::ExposeSecret as _;

use super::{Env, runtime};
use crate::{
    args::InboxArgs,
    cards,
    exit::{Exit, Failure},
    value_source::ValueSource,
};

/// Serves until interrupted, showing each message as it comes.
pub(crate) fn inbox(args: &InboxArgs, env: &Env) -> Result<Exit, Failure> {
    let secret = args.dingtalk_secret.as_deref().map(|text| {
        let resolved = ValueSource::parse(text).resolve("--dingtalk-secret")?;
        env.console.redactor().learn(resolved.value.expose_secret());
        Ok::<_, Failure>(resolved.value)
    });
    let console = env.console.clone();
    let lang = env.lang;
    let config = InboxConfig {
        address: args.listen,
        dingding_secret: secret.transpose()?,
        dingding_keywords: args.dingtalk_keyword.clone(),
        on_message: Some(Arc::new(move |received: &Received| {
            console.print(&cards::card(received, lang));
        })),
        ..InboxConfig::default()
    };
    runtime()?.block_on(async {
        let inbox = Inbox::start(config, Arc::new(SystemClock::default())).await;
        let inbox =
            inbox.map_err(|error| Failure::usage(format!("--listen {}: {error}", args.listen)))?;
        greet(&inbox, env);
        let stopped = tokio::signal::ctrl_c().await;
        inbox.shutdown().await;
        stopped.map_err(|error| Failure::usage(format!("cannot listen for Ctrl-C: {error}")))?;
        Ok(Exit::Ok)
    })
}

fn greet(inbox: &Inbox, env: &Env) {
    let page = inbox.page_url();
    let (slack, dingtalk) = (inbox.url(Service::Slack), inbox.url(Service::Dingding));
    // These URLs open nothing but this inbox, so the mask has no business with them.
    let text = match env.lang {
        Lang::En => {
            format!("inbox  {page}\nSlack     {slack}\nDingTalk  {dingtalk}\nCtrl-C ends it")
        }
        Lang::Zh => format!("收件箱  {page}\nSlack  {slack}\n钉钉   {dingtalk}\n按 Ctrl-C 结束"),
    };
    env.console.say_unmasked(&text);
}
