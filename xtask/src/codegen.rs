use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::progress::{Step, say};

const GENERATED: &str = "src-ui/src/gen";

pub fn write(checkout: &Checkout) -> Result<ExitCode> {
    let fresh = export(checkout, exporter(checkout), &checkout.log("codegen"))?;
    let folder = checkout.path(GENERATED);
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    for (name, text) in &fresh {
        let file = folder.join(name);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, text)?;
    }
    say(format!("{} files in {GENERATED}", fresh.len()));
    Ok(ExitCode::SUCCESS)
}

pub fn check(checkout: &Checkout) -> Result<ExitCode> {
    compare(checkout, exporter(checkout), &checkout.log("codegen"))?;
    say(format!("{GENERATED} is fresh"));
    Ok(ExitCode::SUCCESS)
}

/// `exporter` writes the types into the folder it is given.
pub fn compare(checkout: &Checkout, exporter: Command, log: &Path) -> Result<()> {
    let fresh = export(checkout, exporter, log)?;
    let kept = read_folder(&checkout.path(GENERATED))?;
    let stale = differences(&kept, &fresh);
    if stale.is_empty() {
        return Ok(());
    }
    bail!(
        "{GENERATED} is stale:\n    {}\nRun `cargo xtask codegen` and commit the result.",
        stale.join("\n    ")
    )
}

type Files = BTreeMap<String, String>;

fn exporter(checkout: &Checkout) -> Command {
    let mut cargo = checkout.cargo();
    cargo.args(["run", "--package", "wire", "--example", "export_ts", "--"]);
    cargo
}

fn export(checkout: &Checkout, mut exporter: Command, log: &Path) -> Result<Files> {
    let folder = checkout.scratch().join("gen");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Step::new("export the types of model and wire", log).run(exporter.arg(&folder))?;
    let files = read_folder(&folder)?;
    if files.is_empty() {
        bail!("the example export_ts of crate wire wrote no file");
    }
    Ok(files)
}

fn read_folder(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    if folder.is_dir() {
        collect(folder, folder, &mut files)?;
    }
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        files.insert(name, text);
    }
    Ok(())
}

fn differences(kept: &Files, fresh: &Files) -> Vec<String> {
    let changed = fresh.iter().filter_map(|(name, text)| match kept.get(name) {
        None => Some(format!("{name} is missing")),
        Some(old) if old != text => Some(format!("{name} differs")),
        Some(_) => None,
    });
    let extra = kept
        .keys()
        .filter(|name| !fresh.contains_key(*name))
        .map(|name| format!("{name} is no longer generated"));
    changed.chain(extra).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_missing_a_changed_and_a_left_over_file_are_stale() {
        let kept = files(&[("A.ts", "1"), ("Old.ts", "1")]);
        let fresh = files(&[("A.ts", "2"), ("New.ts", "1")]);
        let stale = differences(&kept, &fresh);
        assert_eq!(stale, ["A.ts differs", "New.ts is missing", "Old.ts is no longer generated"]);
    }

    #[test]
    fn equal_folders_are_fresh() {
        let kept = files(&[("A.ts", "1")]);
        assert!(differences(&kept, &kept.clone()).is_empty());
    }
}
