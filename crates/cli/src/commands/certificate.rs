//! The owner's certificate for browsers (PA11): files of the data folder, whether a host runs or not.

use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;
use identity::TrustedCertificate;
use serde_json::json;

use crate::args::Certificate;
use crate::output::Said;

const DAY: u64 = 24 * 3600;

pub fn certificate(data: &Path, order: Certificate) -> Result<Said> {
    match order {
        Certificate::Use { chain, key } => {
            let kept = TrustedCertificate::keep(data, &chain, &key)?;
            let people = format!("{}\nInvites made from now on lead browsers there.", line(&kept));
            Ok(Said { people, json: shown(Some(&kept)) })
        }
        Certificate::Show => {
            let kept = TrustedCertificate::kept(data)?;
            let people = kept.as_ref().map_or_else(none, line);
            Ok(Said { people, json: shown(kept.as_ref()) })
        }
        Certificate::Remove => {
            let people = match TrustedCertificate::forget(data)? {
                true => "Removed. Browsers are shown the certificate that the host made itself.".to_owned(),
                false => none(),
            };
            Ok(Said { people, json: shown(None) })
        }
    }
}

fn none() -> String {
    "There is none: browsers are shown the certificate that the host made itself, and warn of it.".to_owned()
}

fn line(kept: &TrustedCertificate) -> String {
    let names = kept.names().join(", ");
    match kept.not_after().duration_since(SystemTime::now()) {
        Ok(left) => format!("For {names}; good for {} more days.", left.as_secs() / DAY),
        Err(_) => format!("For {names}; it is over, so it is not shown. Renew it and give the new one."),
    }
}

fn shown(kept: Option<&TrustedCertificate>) -> serde_json::Value {
    let seconds = |kept: &TrustedCertificate| {
        kept.not_after().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
    };
    json!({
        "kind": "certificate",
        "names": kept.map_or(&[][..], TrustedCertificate::names),
        "not_after_s": kept.map(seconds),
    })
}
