//! A certificate that the owner brought (PA11).

use std::path::{Path, PathBuf};

use identity::{CertificateRefused, TrustedCertificate};
use model::{DeviceKind, Preset};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::RootCertStore;
use testkit::{Client, TestHost, browser_socket, command, guest_socket};
use wire::{Auth, MintNotice, Reply, Request, ShareWish};

/// An authority that the guests' browsers know.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: rcgen::Certificate,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "An authority");
        let certificate = params.self_signed(&key).unwrap();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    fn trusted(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.der().clone()).unwrap();
        roots
    }

    /// Files as an authority hands them out.
    fn vouch(&self, name: &str, folder: &Path) -> (PathBuf, PathBuf) {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &self.issuer);
        let (chain, secret) = (folder.join("chain.pem"), folder.join("key.pem"));
        std::fs::write(&chain, certificate.unwrap().pem()).unwrap();
        std::fs::write(&secret, key.serialize_pem()).unwrap();
        (chain, secret)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pa11_a_browser_checks_the_host_by_the_certificate_its_owner_brought() {
    let host = TestHost::start().await.unwrap();
    let authority = Authority::new();
    let owner = host.owner().await.unwrap();
    let workspace = owner.workspace(&host, "shared").await.unwrap();
    let mint = || Request::MintShare {
        command: command(),
        terms: ShareWish::of(vec![workspace], Preset::Collaborator),
    };
    let Ok(Reply::Minted { invite, notices, .. }) = owner.call(mint()).await else { panic!("a share") };
    assert!(!invite.verified && notices.contains(&MintNotice::UnverifiedBrowsers));

    let (chain, key) = authority.vouch("localhost", host.folder());
    TrustedCertificate::keep(&host.data(), &chain, &key).unwrap();
    let Ok(Reply::Minted { invite, notices, .. }) = owner.call(mint()).await else { panic!("a share") };
    assert!(invite.verified && !notices.contains(&MintNotice::UnverifiedBrowsers));
    assert!(invite.link.starts_with("https://localhost:"), "{}", invite.link);

    let link: identity::InviteLink = invite.code.parse().unwrap();
    let come = async || browser_socket("localhost", link.port, authority.trusted()).await;
    let mut bea = Client::over_socket(come().await.unwrap());
    let auth = Auth::Invite {
        invite: model::InviteId(link.invite),
        secret: link.secret.reveal().to_owned(),
        credential: "g".repeat(43),
        name: "Bea".to_owned(),
    };
    let (welcome, let_in) = tokio::join!(bea.hello(auth), owner.let_somebody_in());
    let_in.unwrap();
    assert!(!welcome.unwrap().unverified);
    let Ok(Reply::People { people }) = owner.call(Request::People).await else { panic!("people") };
    assert_eq!(people[0].devices[0].kind, DeviceKind::VerifiedBrowser);

    // A program of ours goes by the host's own key, as before.
    let mut cai = Client::over_socket(guest_socket(link.port, link.fingerprint).await.unwrap());
    cai.hello(Auth::Device { credential: "k".repeat(43) }).await.unwrap_err();

    assert!(TrustedCertificate::forget(&host.data()).unwrap());
    assert!(come().await.is_err(), "the host shows its own certificate again");
}

#[tokio::test]
async fn pa11_a_certificate_of_no_use_to_browsers_is_refused_and_the_kept_one_stays() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authority = Authority::new();
    let (chain, key) = authority.vouch("a.example", folder.path());
    let kept = TrustedCertificate::keep(data.path(), &chain, &key).unwrap();
    assert_eq!(kept.names(), ["a.example"]);
    let try_this = |chain: &str, key: &str| {
        let (chain_file, key_file) = (folder.path().join("other.pem"), folder.path().join("other-key.pem"));
        std::fs::write(&chain_file, chain).unwrap();
        std::fs::write(&key_file, key).unwrap();
        TrustedCertificate::keep(data.path(), &chain_file, &key_file).unwrap_err()
    };
    let text = |path: &Path| std::fs::read_to_string(path).unwrap();
    let (chain_text, key_text) = (text(&chain), text(&key));
    let other = KeyPair::generate().unwrap();
    assert!(matches!(try_this("", &key_text), CertificateRefused::NoCertificate));
    assert!(matches!(try_this(&chain_text, ""), CertificateRefused::NoKey));
    assert!(matches!(try_this(&chain_text, &other.serialize_pem()), CertificateRefused::KeyMismatch(_)));
    let own = CertificateParams::new(["b.example".to_owned()]).unwrap().self_signed(&other).unwrap();
    assert!(matches!(try_this(&own.pem(), &other.serialize_pem()), CertificateRefused::SelfMade));
    let (wild, wild_key) = authority.vouch("*.example", folder.path());
    assert!(matches!(try_this(&text(&wild), &text(&wild_key)), CertificateRefused::NoName));
    let mut old = CertificateParams::new(["c.example".to_owned()]).unwrap();
    old.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let old = old.signed_by(&other, &authority.issuer).unwrap();
    assert!(matches!(try_this(&old.pem(), &other.serialize_pem()), CertificateRefused::Expired { .. }));
    let nowhere = TrustedCertificate::keep(data.path(), Path::new("/nowhere"), &key).unwrap_err();
    assert!(matches!(nowhere, CertificateRefused::Unreadable { .. }));
    let still = TrustedCertificate::kept(data.path()).unwrap().expect("the one before");
    assert_eq!(still.names(), ["a.example"]);
}
