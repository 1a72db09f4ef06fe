//! Which names this host goes by, and which pages may talk to it (PA12).

use axum::http::{HeaderMap, header};

/// What a request must say of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Only this literal address, so that no name of a stranger's leads here (DNS rebinding).
    Loopback { authority: String },
    /// Any address that led here: the client knows the host by its key.
    Guests,
}

impl Names {
    /// The authority this request was sent to, if it may be.
    pub fn authority<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next()?.to_str().ok().filter(|host| is_authority(host))?;
        if hosts.next().is_some() {
            return None;
        }
        match self {
            Self::Loopback { authority } => (host == authority).then_some(host),
            Self::Guests => Some(host),
        }
    }

    /// Whether a page of this origin may open a WebSocket. Programs send none, browsers always.
    pub fn admits(&self, headers: &HeaderMap) -> bool {
        let Some(authority) = self.authority(headers) else { return false };
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (self, origins.next(), origins.next()) {
            (Self::Loopback { .. }, None, _) => false,
            (Self::Guests, None, _) => true,
            (Self::Loopback { .. } | Self::Guests, Some(_), Some(_)) => false,
            (Self::Loopback { .. } | Self::Guests, Some(origin), None) => {
                origin.as_bytes() == format!("{}://{authority}", self.scheme()).as_bytes()
            }
        }
    }

    pub fn scheme(&self) -> &'static str {
        match self {
            Self::Loopback { .. } => "http",
            Self::Guests => "https",
        }
    }

    pub fn socket_scheme(&self) -> &'static str {
        match self {
            Self::Loopback { .. } => "ws",
            Self::Guests => "wss",
        }
    }
}

/// It is put into a header of ours, so nothing but what an authority is made of.
fn is_authority(host: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    !host.is_empty() && host.len() <= 300 && host.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &[&str], origin: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in host {
            headers.append(header::HOST, value.parse().unwrap());
        }
        for value in origin {
            headers.append(header::ORIGIN, value.parse().unwrap());
        }
        headers
    }

    fn loopback() -> Names {
        Names::Loopback { authority: "127.0.0.1:7001".to_owned() }
    }

    #[test]
    fn pa12_the_owners_page_goes_by_its_literal_address_alone() {
        assert!(loopback().authority(&headers(&["127.0.0.1:7001"], &[])).is_some());
        for host in ["localhost:7001", "127.0.0.1", "127.0.0.1:7002", "evil.example:7001", "[::1]:7001", ""] {
            assert_eq!(loopback().authority(&headers(&[host], &[])), None, "{host}");
        }
        assert_eq!(loopback().authority(&headers(&["127.0.0.1:7001", "evil.example"], &[])), None);
        assert_eq!(loopback().authority(&headers(&[], &[])), None);
    }

    #[test]
    fn pa12_only_the_pages_own_origin_opens_a_socket() {
        let host = ["127.0.0.1:7001"];
        assert!(loopback().admits(&headers(&host, &["http://127.0.0.1:7001"])));
        let strangers = [
            "http://127.0.0.1:7002",
            "https://127.0.0.1:7001",
            "http://127.0.0.1:7001.evil.example",
            "http://localhost:7001",
            "HTTP://127.0.0.1:7001",
            "null",
            "",
        ];
        for origin in strangers {
            assert!(!loopback().admits(&headers(&host, &[origin])), "{origin}");
        }
        assert!(!loopback().admits(&headers(&host, &[])));
        assert!(!loopback().admits(&headers(&host, &["http://127.0.0.1:7001", "http://127.0.0.1:7001"])));
    }

    #[test]
    fn a_guests_browser_comes_from_the_address_it_asked() {
        let host = ["box.lan:7000"];
        assert!(Names::Guests.admits(&headers(&host, &["https://box.lan:7000"])));
        assert!(Names::Guests.admits(&headers(&host, &[])));
        assert!(!Names::Guests.admits(&headers(&host, &["http://box.lan:7000"])));
        assert!(!Names::Guests.admits(&headers(&host, &["https://evil.example"])));
        assert!(!Names::Guests.admits(&headers(&["box; script-src *"], &[])));
    }
}
