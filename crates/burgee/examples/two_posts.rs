//! The smallest program that sends what a run of the mission's example sends: what `cargo xtask bench` compares with.
//!
//! `two_posts DINGTALK_URL SLACK_URL`, both `http://`: two connections, one request each, no output.

use std::{error::Error, io};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, Uri, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

const DINGTALK: &str = r#"{"msgtype":"text","text":{"content":"开始运行工作流"}}"#;
const SLACK: &str = r#"{"text":"Deployment has minimum availability.工作流运行完成"}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let urls: Vec<String> = std::env::args().skip(1).collect();
    let [dingtalk, slack] = urls.as_slice() else {
        return Err("usage: two_posts DINGTALK_URL SLACK_URL".into());
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        post(dingtalk, DINGTALK).await?;
        post(slack, SLACK).await
    })
}

async fn post(url: &str, body: &'static str) -> Result<(), Box<dyn Error>> {
    let url: Uri = url.parse()?;
    let authority = url.authority().ok_or("a URL without a host")?;
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let stream = TcpStream::connect((authority.host(), authority.port_u16().unwrap_or(80))).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request = Request::post(path)
        .header(header::HOST, authority.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from_static(body.as_bytes())))?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    response.into_body().collect().await?;
    drop(sender);
    connection.await??;
    if status.is_success() {
        Ok(())
    } else {
        Err(io::Error::other(status.to_string()).into())
    }
}
