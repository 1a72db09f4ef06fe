//! Reads a page of the web. Only public addresses: what a machine or its network offers to itself alone
//! is not for a model to read, and a person who allows a name cannot see where it leads.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};

use crate::endpoint::web;

const PATIENCE: Duration = Duration::from_secs(30);
const MOST_BYTES: usize = 5 * 1024 * 1024;
const MOST_TEXT: usize = 50_000;
const REDIRECTS: usize = 5;

/// Where pages may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Public,
    /// For tests, whose pages are on loopback.
    Anywhere,
}

#[derive(Debug, Clone, Copy)]
pub struct Web {
    pub reach: Reach,
}

impl Web {
    pub async fn fetch(self, url: Url) -> Result<String> {
        match tokio::time::timeout(PATIENCE, self.try_fetch(url)).await {
            Ok(done) => done,
            Err(_) => bail!("The page did not come within {} s.", PATIENCE.as_secs()),
        }
    }

    async fn try_fetch(self, url: Url) -> Result<String> {
        let client = self.client(&url).await?;
        let response = client.get(url).send().await?;
        if let Some(elsewhere) = elsewhere(&response) {
            // Leave was given for one host.
            bail!("The page leads to another host: {elsewhere}. Fetch that if you need it.");
        }
        let status = response.status();
        let is_html = is_html(&response);
        let text = body(response).await?;
        let text = if is_html { markdown(&text)? } else { text };
        anyhow::ensure!(status.is_success(), "The page answered with status {status}.\n{}", capped(&text));
        Ok(capped(&text))
    }

    /// A client that can reach the addresses which were looked at, and no others: a name that leads
    /// elsewhere a moment later does not lead there.
    async fn client(self, url: &Url) -> Result<Client> {
        let (host, port) =
            (url.host_str().context("no host")?, url.port_or_known_default().context("no port")?);
        let bare = host.trim_matches(['[', ']']);
        let found: Vec<SocketAddr> = tokio::net::lookup_host((bare, port)).await?.collect();
        let private = found.iter().find(|address| self.reach == Reach::Public && !is_public(address.ip()));
        if found.is_empty() || private.is_some() {
            bail!("{host} is no public address; only public pages are fetched.");
        }
        let same_host = Policy::custom(move |attempt| {
            let same = attempt.previous().first().is_some_and(|first| origin(first) == origin(attempt.url()));
            if same && attempt.previous().len() <= REDIRECTS { attempt.follow() } else { attempt.stop() }
        });
        let builder = Client::builder().resolve_to_addrs(host, &found).redirect(same_host);
        Ok(web(builder.no_proxy().user_agent(concat!("conclave-agent/", env!("CARGO_PKG_VERSION"))))?)
    }
}

/// # Errors
/// For the model to read.
pub fn checked(url: &str) -> Result<Url> {
    let url = Url::parse(url.trim()).context("This is no URL")?;
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    anyhow::ensure!(web, "Only http:// and https:// can be fetched.");
    anyhow::ensure!(url.username().is_empty() && url.password().is_none(), "A URL may hold no password.");
    Ok(url)
}

fn origin(url: &Url) -> (Option<&str>, Option<u16>) {
    (url.host_str(), url.port_or_known_default())
}

fn elsewhere(response: &Response) -> Option<String> {
    if !response.status().is_redirection() {
        return None;
    }
    let location = response.headers().get("location")?.to_str().ok()?;
    response.url().join(location).ok().map(String::from)
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    kind.is_none_or(|kind| kind.contains("html"))
}

async fn body(response: Response) -> Result<String> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk?);
        if bytes.len() > MOST_BYTES {
            bytes.truncate(MOST_BYTES);
            break;
        }
    }
    anyhow::ensure!(!bytes.contains(&0), "The page is no text.");
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn markdown(html: &str) -> Result<String> {
    let skipped = vec!["script", "style", "noscript", "svg", "iframe", "template", "head"];
    Ok(htmd::HtmlToMarkdown::builder().skip_tags(skipped).build().convert(html)?)
}

fn capped(text: &str) -> String {
    match text.len() > MOST_TEXT {
        true => format!("{}\n[cut here]", &text[..text.floor_char_boundary(MOST_TEXT)]),
        false => text.to_owned(),
    }
}

/// Whether an address belongs to the web at large.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let protocol = (a, b, c) == (192, 0, 0) || (a, b) == (198, 18) || (a, b) == (198, 19);
            !(v4.is_loopback()
                || v4.is_private()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_documentation()
                || shared
                || protocol
                || a == 0
                || a >= 240)
        }
        IpAddr::V6(v6) => match embedded(v6) {
            Some(v4) => is_public(IpAddr::V4(v4)),
            None => {
                !(v6.is_loopback()
                    || v6.is_unspecified()
                    || v6.is_multicast()
                    || v6.is_unique_local()
                    || v6.is_unicast_link_local()
                    || v6.segments()[0] & 0xffc0 == 0xfec0
                    || v6.segments()[..2] == [0x2001, 0xdb8])
            }
        },
    }
}

/// The older address within: mapped, compatible, translated (64:ff9b::/96) or 6to4.
fn embedded(v6: Ipv6Addr) -> Option<std::net::Ipv4Addr> {
    let s = v6.segments();
    let v4 = |high: u16, low: u16| std::net::Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(v4(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(v4(high, low)),
        [0x2002, high, low, ..] => Some(v4(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 || low > 1 => Some(v4(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_web_is_public() {
        let no = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "::7f00:1",
            "fec0::1",
        ];
        for address in no {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for bad in
            ["file:///etc/passwd", "ftp://x/", "nonsense", "http://ada:pw@example.org/", "data:text/html,x"]
        {
            assert!(checked(bad).is_err(), "{bad}");
        }
        assert!(checked(" https://example.org/a?b=c ").is_ok());
    }

    #[test]
    fn html_becomes_markdown_without_its_machinery() {
        let html = "<html><head><title>T</title><style>p{}</style></head><body><script>x()</script>\
                    <h1>Hello</h1><p>A <a href=\"/b\">link</a>.</p></body></html>";
        assert_eq!(markdown(html).unwrap(), "# Hello\n\nA [link](/b).");
    }

    #[test]
    fn a_long_page_is_cut() {
        assert!(capped(&"ü".repeat(MOST_TEXT)).len() < MOST_TEXT + 20);
    }
}
